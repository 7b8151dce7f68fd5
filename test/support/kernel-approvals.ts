// A story on a desk whose writes move money, and the steps of an approval in few words.
import type { Actor } from '../../src/kernel/actor.ts'
import { beginAnswer } from '../../src/kernel/begin-answer.ts'
import { type DecisionRequest, decideApproval } from '../../src/kernel/decide-approval.ts'
import { beginSend, endEffect, intendEffect } from '../../src/kernel/move-effect.ts'
import type { Role } from '../../src/domain/conversation.ts'
import type { Json } from '../../src/domain/json.ts'
import { DEFAULT_POLICY } from '../../src/domain/policy.ts'
import { policy as store } from '../../src/desks/electronics-store/policies.ts'
import type { WriteRules } from '../../src/domain/write-rules.ts'
import type { DatabaseKind } from './databases.ts'
import { createStory, writeCall } from './kernel-story.ts'

export const mia = { id: 'agent_mia', name: 'Mia Chen', role: 'agent' } as const
export const leo = { id: 'agent_leo', name: 'Leo', role: 'agent' } as const
export const jonas = { id: 'sup_jonas', name: 'Jonas Weber', role: 'supervisor' } as const

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const refund: WriteRules = {
  kind: 'refund',
  risky: true,
  amount: (input) => ({ cents: Number(input['cents']), currency: 'USD' }),
  describe: (input) => ({
    text: `Refund ${textOf(input['cents'])} cents of order ${textOf(input['order'])}.`,
    what: `a refund of ${textOf(input['cents'])} cents for order ${textOf(input['order'])}`,
  }),
  businessKey: (input) => `order/${textOf(input['order'])}/refund`,
  edit: (edited) =>
    Number(edited['cents']) > 0 ? { kind: 'edited', input: edited } : { kind: 'problem', detail: 'cents: too few' },
}

export type Approvals = Awaited<ReturnType<typeof createApprovals>>

export async function createApprovals(kind: DatabaseKind) {
  const it = await createStory(kind, {
    policy: { approvals: store.approvals, timers: DEFAULT_POLICY.timers },
    writes: new Map([['refund', refund]]),
  })
  const approvals = (id: string) =>
    it.db.selectFrom('approvals').selectAll().where('conversation_id', '=', id).orderBy('id').execute()
  const intend = (id: string, turn: number, order: string, cents: number, call = '1-0') =>
    intendEffect(it.kernel, {
      conversationId: id,
      turn,
      call,
      tool: 'refund',
      input: { order, cents: String(cents) },
      businessKey: `order/${order}/refund`,
      repeatable: false,
    })
  return {
    ...it,
    approvals,
    intend,
    approval: async (id: string) => {
      const found = (await approvals(id)).at(-1)
      if (!found) throw new Error('there is no approval')
      return found
    },
    /** The customer asks, the model calls, the write waits, and the turn has ended. */
    async asked(order: string, cents: number, as = 'cust_1002') {
      const id = await it.begin(`refund ${order}`, as)
      const turn = await it.turn(id)
      await it.ask(id, turn, [writeCall('refund', { order, cents: String(cents) })])
      const intended = await intend(id, turn, order, cents)
      if (intended.kind !== 'waits') throw new Error(`not waiting but ${intended.kind}`)
      const ended = await beginAnswer(it.kernel, { conversationId: id, turn, round: 2 })
      if (ended.kind !== 'ended') throw new Error(`not ended but ${ended.kind}`)
      return { id, turn, approval: intended.approval }
    },
    async decide(id: string, person: Actor & { role: Role }, of: Partial<DecisionRequest> = {}) {
      const { digest } = await it.db
        .selectFrom('approvals')
        .select('digest')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      const request = { approvalId: id, person, decision: 'approve' as const, digest, by: 'api' as const, ...of }
      return (await decideApproval(it.kernel, request)).outcome
    },
    async send(id: string) {
      const [effect] = (await it.effects(id)).filter(({ authority }) => authority === 'approval')
      if (!effect) throw new Error('nothing was intended')
      return beginSend(it.kernel, { conversationId: id, effect: effect.id })
    },
    async end(id: string, state: 'settled' | 'refused' | 'unknown', message = 'no') {
      const [effect] = (await it.effects(id)).filter(({ authority }) => authority === 'approval')
      const outcome = state === 'settled' ? ('ok' as const) : state
      const result = { outcome, data: { message } }
      return endEffect(it.kernel, { conversationId: id, effect: effect?.id ?? '', state, result })
    },
    answer: (id: string, turn: number, round: number) => beginAnswer(it.kernel, { conversationId: id, turn, round }),
  }
}
