// Guests: people without an account. They get public tools only, and their conversation becomes a customer's when they sign in.

/** Every guest's id begins so, and nobody else's may. */
export const GUEST_PREFIX = 'guest_'

/** What a model or a client is told where something is for signed-in customers only. */
export const SIGN_IN_FIRST = {
  error: 'not_signed_in',
  advice: 'The customer is a guest. Say that this needs them to sign in; the conversation goes on when they have.',
}
