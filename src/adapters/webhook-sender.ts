// Port NoticeSender as a Standard Webhook (https://www.standardwebhooks.com): a signed POST that the receiver can check.
import { Webhook } from 'standardwebhooks'
import type { NoticeSender } from '../ports/notices.ts'
import { exchange } from './exchange.ts'
import { statusFailure } from './status-failure.ts'

const DEPENDENCY = 'notify-webhook'
const ANSWER_WITHIN = 10_000

/** `secret` is `whsec_` and base64. Any 2xx counts as received. */
export function createWebhookSender({ url, secret }: { url: string; secret: string }): NoticeSender {
  const webhook = new Webhook(secret)
  return async ({ id, type, createdAt, data }) => {
    const body = JSON.stringify({ type, timestamp: createdAt.toISOString(), data })
    // Receivers refuse what was signed long ago, so each attempt signs anew; the id stays.
    const at = new Date()
    const answer = await exchange({
      dependency: DEPENDENCY,
      method: 'POST',
      url,
      timeout: ANSWER_WITHIN,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, at, body),
      },
      body,
    })
    if (answer.status < 200 || answer.status > 299) throw statusFailure(DEPENDENCY, answer.status, answer.headers)
  }
}
