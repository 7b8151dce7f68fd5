// What differs by channel for everyone, whatever the desk. A transport (a mail server, a telephone line) is no part of it: it
// talks to the HTTP API and names its channel there.

export type Channel = {
  /** kebab-case; stands in the API's `channel`, on the conversation row, and as `EverdeskChannel` in Temporal. */
  name: string
  /** How the AI writes here, a paragraph of every answer's prompt; without it as the desk says. */
  writing?: string
  /** Whether a reply is shown while it is being written; else it comes whole, and the model is asked without streaming. */
  streams: boolean
  /** Whether marks such as [returns] stay in the text; else only the message's `citations` name the documents. */
  citationMarks: boolean
}

export const defineChannel = (channel: Channel): Channel => channel
