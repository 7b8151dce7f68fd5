// The turn that is measured: 3 model calls and 2 reads of a back end, as a question that nothing of ours can shorten.
// "Flight" is no word of this shop, so its rules leave the routing to the model; two orders are named, so the specialist
// asks for both at once. Each pair of orders is asked for once, so that no cache answers.

/** What one turn costs; the run is invalid when the store or the ledger say anything else. */
export const MODEL_CALLS = 3
export const READS = 2
/** As many as a conversation has in this bench; below the summary, which would be a model call of its own. */
export const TURNS_PER_CONVERSATION = 5

/** The customer's words. */
export const question = (orders: readonly [string, string]): string =>
  `Before my flight on Friday: where are my orders ${orders[0]} and ${orders[1]}?`

/** A question that rules, a read made beforehand and one model call answer. */
export const shortQuestion = (order: string): string => `Where is my order ${order}?`
