import { defineChannel } from './types.ts'

/** Words that are heard. Streamed, so that the first sentence can be spoken while the next one is written. */
export const voice = defineChannel({
  name: 'voice',
  writing: `This conversation is spoken: what you write is read aloud. One to three short sentences in plain words, one question at a time.
No lists, no links, no markdown, no abbreviations. Give a long number only when it was asked for.`,
  streams: true,
  citationMarks: false,
})
