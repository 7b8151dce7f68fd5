// What stands on the bus for "something in the queue may have changed": a topic beside those of the conversations.

/** No id of a conversation looks like this. */
export const QUEUE = '*queue'
