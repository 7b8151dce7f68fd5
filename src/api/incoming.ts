// What both ways of sending a customer's message share: the limits before it, and the bell and the wait after it.
import type { MessageView } from '../domain/conversation.ts'
import { beginsSureTurn } from '../kernel/accepted-hint.ts'
import type { Accepted } from '../kernel/start-conversation.ts'
import { preferredWait } from './middleware/prefer.ts'
import type { Call } from './route.ts'
import type { Service } from './service.ts'
import { clientGone, waitForAnswer } from './wait-for-answer.ts'

/** Counts the message against the hourly limit unless it is a repeat, and refuses new ones over the backlog limit. */
export async function countMessage(
  service: Service,
  { principal, response }: Call<unknown, unknown>,
  key: string | undefined,
  isKnown: () => Promise<boolean>,
): Promise<void> {
  service.ringer.prepare()
  const repeat = key === undefined ? null : { key: `${principal.id}/${key}`, isKnown }
  await service.rateLimits.message(principal, repeat, response)
  await service.refuseOverBacklog().catch(async (refusal: unknown) => {
    if (!repeat || !(await isKnown())) throw refusal
  })
}

type Settled = { headers: Record<string, string>; body: { message: MessageView; reply?: MessageView } }

/** Rings the bell, also for a repeat, and waits for the answer when the client prefers to; null when there is none in time. */
export async function announceMessage(
  service: Service,
  { request, response }: Call<unknown, unknown>,
  accepted: Accepted,
): Promise<Settled | null> {
  const { conversation, message, sooner } = accepted
  // While a person has the floor the workflow only watches the clock.
  if (conversation.controlled_by === 'ai' || sooner) {
    const early = beginsSureTurn(service.kernel, accepted)
    service.ringer.ring(conversation, 'customerMessage', { seq: message.seq, floor: conversation.floor }, early)
  }
  const seconds = preferredWait(request.get('Prefer'))
  if (seconds === 0) return null
  const progress = await waitForAnswer(service.kernel, {
    conversationId: conversation.id,
    messageId: message.id,
    seconds,
    until: AbortSignal.any([service.stopping, clientGone(response)]),
  })
  if (!progress) return null
  const { message: settled, reply } = progress
  return {
    headers: { 'Preference-Applied': `wait=${seconds}` },
    body: { message: settled, ...(reply ? { reply } : {}) },
  }
}
