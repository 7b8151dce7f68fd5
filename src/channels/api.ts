import { defineChannel } from './types.ts'

/** A program of the company, which shows the replies in its own way. */
export const api = defineChannel({ name: 'api', streams: true, citationMarks: true })
