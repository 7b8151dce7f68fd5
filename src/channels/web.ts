import { defineChannel } from './types.ts'

/** A chat that is read while it is written. */
export const web = defineChannel({ name: 'web', streams: true, citationMarks: true })
