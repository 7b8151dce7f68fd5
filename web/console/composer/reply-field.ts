/** The field of the reply; one is on the page at most. */
export const REPLY_FIELD = 'reply'

/** Puts the cursor there, also when it comes with the next frame. */
export function focusReply(): void {
  const field = document.getElementById(REPLY_FIELD)
  if (field) field.focus()
  else requestAnimationFrame(() => document.getElementById(REPLY_FIELD)?.focus())
}
