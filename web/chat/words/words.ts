import { de } from './de.ts'
import { en, type Words } from './en.ts'

export type { Words } from './en.ts'

/** The words of a language; English where we have none. */
export const wordsFor = (locale: string): Words => (locale.toLowerCase().split('-')[0] === 'de' ? de : en)
