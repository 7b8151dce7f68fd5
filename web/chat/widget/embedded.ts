/** What the page around the widget may do: `window.everdesk`. */
export type Embedded = {
  /** Hands over the customer's token, also a fresh one; what a guest began goes along. Resolves when the chat speaks for them. */
  signIn: (token: string) => Promise<void>
  /** A guest from now on; the browser forgets what it kept of the customer. */
  signOut: () => void
  open: () => void
  close: () => void
  /** Takes the widget off the page. */
  remove: () => void
}
