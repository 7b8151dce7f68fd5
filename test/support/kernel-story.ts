// A kernel with a clock that only the test moves, and the steps of a conversation in few words.
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { commitReply } from '../../src/kernel/commit-reply.ts'
import { type CheckedCall, commitToolCalls } from '../../src/kernel/commit-tool-calls.ts'
import type { Next } from '../../src/kernel/next.ts'
import { startConversation } from '../../src/kernel/start-conversation.ts'
import { takeNext } from '../../src/kernel/take-next.ts'
import type { Usage } from '../../src/kernel/usage.ts'
import type { DatabaseKind } from './databases.ts'
import { createTestKernel, TEST_DESK, type TestKernelOptions } from './kernel.ts'

export type Story = Awaited<ReturnType<typeof createStory>>

export const usage = (purpose: Usage['purpose'] = 'answer'): Usage => ({
  model: 'test-small',
  purpose,
  inputTokens: 100,
  outputTokens: 10,
  costUsd: 0.001,
})

/** A write as the model asks for it. */
export const writeCall = (tool: string, input: Record<string, string>): CheckedCall => ({
  tool,
  input,
  run: true,
  effect: 'write',
  quick: false,
  digest: '',
})

export async function createStory(kind: DatabaseKind, options: Omit<TestKernelOptions, 'now'> = {}) {
  let time = Date.parse('2026-11-21T08:00:00Z')
  const made = await createTestKernel(kind, { ...options, now: () => new Date(time) })
  const { kernel } = made
  const { db } = kernel
  const take = async (id: string): Promise<Next> => {
    const taken = await takeNext(kernel, { conversationId: id, events: 10 })
    if (!taken) throw new Error('there is no such conversation')
    return taken.next
  }
  const row = (id: string) => db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const story = {
    ...made,
    db,
    now: () => time,
    advance: (milliseconds: number) => void (time += milliseconds),
    async begin(text: string, as = 'cust_1001') {
      const started = await startConversation(kernel, {
        customer: { id: as, issuer: 'https://issuer.test', subject: as },
        desk: TEST_DESK.name,
        channel: 'web',
        message: { text, masked: false },
      })
      return started.conversation.id
    },
    async write(id: string, text: string, as = 'cust_1001') {
      const { message } = await acceptMessage(kernel, {
        conversationId: id,
        customer: { id: as },
        message: { text, masked: false },
      })
      return message.id
    },
    take,
    /** Takes the next turn; fails when something else is next. */
    async turn(id: string) {
      const next = await take(id)
      if (next.kind !== 'turn') throw new Error(`not a turn but ${next.kind}`)
      return next.turn
    },
    reply: (id: string, turn: number, text = 'an answer') =>
      commitReply(kernel, { conversationId: id, turn, round: 1, text, citations: [], usage: usage() }),
    ask: (id: string, turn: number, calls: CheckedCall[], round = 1) =>
      commitToolCalls(kernel, { conversationId: id, turn, round, text: '', calls, usage: usage() }),
    row,
    wake: async (id: string) => (await row(id)).wake_at?.getTime() ?? null,
    /** A conversation whose first message has its reply. */
    async answered(text = 'first') {
      const id = await story.begin(text)
      await story.reply(id, await story.turn(id))
      return id
    },
    messages: (id: string) =>
      db.selectFrom('messages').selectAll().where('conversation_id', '=', id).orderBy('seq').execute(),
    events: (id: string) =>
      db.selectFrom('events').selectAll().where('conversation_id', '=', id).orderBy('seq').execute(),
    turns: (id: string) =>
      db.selectFrom('turns').selectAll().where('conversation_id', '=', id).orderBy('number').execute(),
    effects: (id: string) =>
      db.selectFrom('effects').selectAll().where('conversation_id', '=', id).orderBy('created_at').execute(),
    handoff: (id: string) =>
      db
        .selectFrom('handoffs')
        .selectAll()
        .where('conversation_id', '=', id)
        .orderBy('offered_at', 'desc')
        .executeTakeFirstOrThrow(),
  }
  return story
}
