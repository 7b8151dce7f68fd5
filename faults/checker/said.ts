// Texts that claim something about a write, in the words of the scripted model and of ours. Kept apart from the product's
// own guard on purpose: a claim that both overlook together would never be found.
const DONE: Record<string, RegExp> = {
  cancel_order: /\bcancell?ed\b(?! already)/i,
  modify_order:
    /\border \S+ (?:is|has been|was) (?:now )?(?:changed|updated|modified)\b|\b(?:i|we) (?:have )?(?:changed|updated|modified)\b/i,
  reset_password: /\b(?:sent|e-?mailed|is on its way|have reset)\b/i,
  create_payment_method_link: /\bhttps?:\/\/|\b(?:prepared|created|made)\b/i,
  create_ticket: /\bopened (?:a )?ticket\b/i,
  RefundPayment:
    /\brefund\b[^!?]*\bis (?:now )?(?:booked|issued|done|on its way)\b|\b(?:has been|was|have|we|i) refunded\b/i,
  ApplyCredit: /\bcredit\b[^!?]*\b(?:is on your account|has been (?:applied|booked))\b|\b(?:have|we|i) credited\b/i,
}

/** Says that nothing was done, or may be: what contradicts a claim, or stands in its place. */
const NOT_DONE =
  /\b(?:not possible|nothing (?:has|was) (?:been )?(?:changed|done)|nothing has changed|cannot|can't|could not|couldn't|did not|didn't|no confirmation|not sure|no certainty|cannot confirm|does not know|do not know|shall i|would you like|do you want|should i)\b/i

/** Words that tell of an earlier time: "is cancelled already" claims nothing new. */
const EARLIER = /\balready\b/i

/** The text tells the customer that this write was done, now. `key`: what it was done to, where the ledger says so. */
export function saysDone(write: { operation: string; key: string }, text: string): boolean {
  const claim = DONE[write.operation]
  return (
    claim !== undefined &&
    sentences(text).some(
      (each) => claim.test(each) && speaksOf(write.key, each) && !NOT_DONE.test(each) && !EARLIER.test(each),
    )
  )
}

/** The text tells the customer that it was not done, and nothing in it says that it was. */
export const saysNotDone = (write: { operation: string; key: string }, text: string): boolean =>
  /\b(?:not possible|nothing has changed|cannot reach|could not do that)\b/i.test(text) &&
  !EARLIER.test(text) &&
  !saysDone(write, text)

/** What our catalogue says once people have agreed and the system did it, or declined it, or they did not agree. */
export const saysApprovalDone = (what: string, text: string): boolean => text.includes(`it is done: ${what}.`)
export const saysApprovalNotDone = (what: string, text: string): boolean => text.includes(`nothing was done: ${what}.`)
/** The same of anything at all. */
export const saysSomethingApproved = (text: string): boolean => /\bagreed, and it is done: /.test(text)

/** A sentence that names an order speaks of that one; one that names none may mean any. */
const speaksOf = (key: string, sentence: string): boolean =>
  !/\border #?\d{4,}/i.test(sentence) || new RegExp(`\\b${key}\\b`).test(sentence)

/** A question offers; it claims nothing. */
const sentences = (text: string): string[] =>
  text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => !sentence.includes('?'))
