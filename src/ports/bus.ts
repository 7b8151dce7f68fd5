// The bus carries hints between processes: "there are new rows" and pieces of text while a model writes. Nothing durable.

export type BusMessage =
  /** New durable events up to `seq`; `floor` is the conversation's at that time. */
  | { kind: 'events'; seq: number; floor: number }
  /** A piece of an AI text. Readers drop pieces of an older attempt or floor. */
  | { kind: 'delta'; turn: number; attempt: number; floor: number; message_id: string; text: string }
  /** What was shown of this message is void; `attempt` and `floor` are those that count from now on. */
  | { kind: 'restarted'; turn: number; attempt: number; floor: number; message_id: string }

export interface Bus {
  /** Never throws and never blocks: a lost hint costs a second of polling, nothing more. */
  publish(conversationId: string, message: BusMessage): void
  /** Returns the function that ends the subscription. */
  subscribe(conversationId: string, listener: (message: BusMessage) => void): Promise<() => void>
}
