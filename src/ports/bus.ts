// The bus carries hints between processes: "there are new rows" and pieces of text while a model writes. Nothing durable.

export type BusMessage =
  /**
   * New durable events up to `seq`; `floor` is the conversation's at that time. `progress`: they only tell of a turn's steps, so
   * whoever waits for an answer need not look.
   */
  | { kind: 'events'; seq: number; floor: number; progress?: boolean }
  /** A piece of an AI text. Readers drop pieces of an older attempt or floor. */
  | { kind: 'delta'; turn: number; attempt: number; floor: number; message_id: string; text: string }
  /** What was shown of this message is void; `attempt` and `floor` are those that count from now on. */
  | { kind: 'restarted'; turn: number; attempt: number; floor: number; message_id: string }
  /** A message that the rules can route was accepted in this conversation, and Temporal is being told. */
  | { kind: 'accepted'; conversation_id: string }

/** A topic is the id of a conversation, or the name of what many conversations make up together. */
export interface Bus {
  /** Never throws and never blocks: a lost hint costs a second of polling, nothing more. */
  publish(topic: string, message: BusMessage): void
  /** Returns the function that ends the subscription. */
  subscribe(topic: string, listener: (message: BusMessage) => void): Promise<() => void>
}
