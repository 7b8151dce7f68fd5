/** What the model says: a text, tool calls, or both. */
export interface ModelReply {
  text: string
  calls: { name: string; arguments: Record<string, unknown> }[]
}
