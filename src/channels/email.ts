import { defineChannel } from './types.ts'

/** Letters: sent whole, read later. */
export const email = defineChannel({
  name: 'email',
  writing: `This conversation is by e-mail. Write one whole letter in plain text: a greeting, an answer to everything the customer asked, and a closing line.
Whoever reads it may read it tomorrow: name days by their date, and speak of no chat and no buttons. Here a letter may be longer than a chat message.`,
  streams: false,
  citationMarks: true,
})
