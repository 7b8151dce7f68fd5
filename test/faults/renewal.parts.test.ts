// Runs that give way to another (C7, P1, P2, P7): continue-as-new under load, a storm of bells past what Temporal takes in one run,
// and a run that no retry brings further.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { startConversation } from '../../src/kernel/start-conversation.ts'
import { TASK_QUEUE, workflowId } from '../../src/workflows/messages.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

const PATIENCE = 120_000
let model: ScriptedModel
let desk: Everdesk
beforeAll(async () => {
  model = await startScriptedModel()
})
afterAll(() => model?.close())

const lines = (most: number) => Array.from({ length: most }, (_, n) => ({ text: `answer ${n}` }))

/** Accepted is accepted: a bell that Temporal refuses or is too slow for is the relay's to ring again. */
async function say(conversationId: string, text: string): Promise<void> {
  const customer = { id: 'cust_1001' }
  await acceptMessage(desk.kernel, { conversationId, customer, message: { text, masked: false } })
  await desk.ring(conversationId).catch(() => undefined)
}

/** Every message is named by exactly one reply, in the order they were accepted. */
async function expectEachAnsweredOnce(id: string): Promise<void> {
  const messages = await desk.settled(id, PATIENCE)
  const asked = messages.filter(({ role }) => role === 'customer').map((message) => message.id)
  const replies = messages.filter(({ role }) => role === 'ai')
  expect(replies.flatMap((reply) => reply.in_reply_to)).toEqual(asked)
  const turns = await desk.db.selectFrom('turns').select('state').where('conversation_id', '=', id).execute()
  expect(turns.filter(({ state }) => state === 'done')).toHaveLength(replies.length)
}

/** The runs of a conversation, the newest first: each names the one it continues. */
async function runsOf(id: string): Promise<string[]> {
  const runs: string[] = []
  let runId: string | undefined = (await desk.handle(id).describe()).runId
  while (runId) {
    runs.push(runId)
    const { events } = await desk.client.workflow.getHandle(`conversation/${id}`, runId).fetchHistory()
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined
  }
  return runs
}

/** Summaries are written beside the conversation, so the model is asked until the worker has ended. */
async function endOfStory(): Promise<void> {
  await desk?.close()
  model.reset()
}

describe('continue-as-new with a low mark, under load', () => {
  beforeAll(async () => {
    desk = await startEverdesk({ desk: 'test/support/desks/rehearsal.ts', model, policy: { renewAfterEvents: 20 } })
  })
  afterAll(endOfStory)

  test('C7, P1: three conversations renew again and again while messages arrive in bursts: each is answered once', async () => {
    const talk = async () => {
      const { conversationId } = await desk.start('[order] hello')
      for (let burst = 0; burst < 60 && (await runsOf(conversationId)).length <= 4; burst += 1) {
        await desk.settled(conversationId, PATIENCE)
        // Now at the end of a turn, now while it renews, now when the next run has come to rest.
        await new Promise((go) => setTimeout(go, (burst % 5) * 40))
        await Promise.all(Array.from({ length: 3 }, (_, n) => say(conversationId, `[order] ${burst}-${n}`)))
      }
      expect((await runsOf(conversationId)).length).toBeGreaterThan(3)
      await expectEachAnsweredOnce(conversationId)
    }
    model.answers(...lines(600))
    model.summaries(...Array.from({ length: 100 }, () => 'a summary'))
    await Promise.all(Array.from({ length: 3 }, talk))
  }, 240_000)
})

describe('a run that takes no more bells', () => {
  /** Past the 10,000 that Temporal takes in one run. */
  const BELLS = 10_500
  const AT_ONCE = 100
  beforeAll(async () => {
    desk = await startEverdesk({ desk: 'test/support/desks/rehearsal.ts', model })
  })
  afterAll(endOfStory)

  test('C7, P1: a storm of 10,500 bells: another run goes on, and every message in and after the storm is answered once', async () => {
    model.answers(...lines(200))
    model.summaries(...Array.from({ length: 20 }, () => 'a summary'))
    const { conversationId } = await desk.start('[order] hello')
    await desk.settled(conversationId, PATIENCE)
    const handle = desk.handle(conversationId)
    const first = (await handle.describe()).runId
    let rung = 0
    const ringer = async () => {
      while (rung < BELLS) {
        rung += 1
        if (rung % 1000 === 0) await say(conversationId, `[order] in the storm ${rung}`)
        await handle.signal('customerMessage', {}).catch(() => undefined)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, ringer))
    await say(conversationId, '[order] the last of all')
    await desk.settled(conversationId, PATIENCE)
    // On a slow machine a turn may have met its deadline in the storm, with an honest note: handed back, the AI goes on.
    const operator = { id: 'operator', name: 'Operator', role: 'operator' } as const
    await handBack(desk.kernel, { conversationId, actor: operator })
    await desk.ring(conversationId).catch(() => undefined)
    await expectEachAnsweredOnce(conversationId)
    expect((await handle.describe()).runId).not.toBe(first)
  }, 240_000)
})

describe('a run that cannot go on', () => {
  beforeAll(async () => {
    desk = await startEverdesk({ desk: 'test/support/desks/rehearsal.ts', model })
  })
  afterAll(endOfStory)

  test.each([
    ['', 0],
    ['with bells between its attempts, each of which starts Temporal’s count anew', 200],
  ])(
    'P7: a run whose task fails for ever is ended by the relay, and the message is answered by another %s',
    async (_, every) => {
      model.answers({ text: 'answered all the same' })
      const { conversation } = await startConversation(desk.kernel, {
        customer: { id: 'cust_1002', issuer: 'test', subject: 'cust_1002' },
        desk: 'rehearsal',
        channel: 'web',
        message: { text: '[order] hello', masked: false },
      })
      // No worker knows its type, as none knows a history that the code has outgrown.
      const wedged = await desk.client.workflow.start('outgrown', {
        workflowId: workflowId(conversation.id),
        taskQueue: TASK_QUEUE,
      })
      await desk.ring(conversation.id)
      const ringing = every > 0 && setInterval(() => void desk.ring(conversation.id).catch(() => undefined), every)
      expect((await desk.settled(conversation.id, PATIENCE)).at(-1)?.text).toBe('answered all the same')
      if (ringing) clearInterval(ringing)
      const first = desk.client.workflow.getHandle(workflowId(conversation.id), wedged.firstExecutionRunId)
      expect((await first.describe()).status.name).toBe('TERMINATED')
    },
    240_000,
  )
})
