// Runs that ended go from Temporal, and nothing of their conversations goes with them.
import { WorkflowNotFoundError } from '@temporalio/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { deleteEndedRuns } from '../../src/temporal/ended-runs.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

const REHEARSAL = 'test/support/desks/rehearsal.ts'
const DAY = 86_400_000
const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
let model: ScriptedModel
beforeAll(async () => {
  model = await startScriptedModel()
})
afterAll(() => model?.close())
beforeEach(() => model.reset())

const gone = async (desk: Everdesk, id: string, runId?: string): Promise<boolean> =>
  desk.client.workflow
    .getHandle(`conversation/${id}`, runId)
    .describe()
    .then(
      () => false,
      (error: unknown) => error instanceof WorkflowNotFoundError,
    )

describe('with a worker that keeps no ended run', () => {
  let desk: Everdesk
  beforeAll(async () => {
    desk = await startEverdesk({ desk: REHEARSAL, model, engineRetention: 0 })
  })
  afterAll(() => desk?.close())

  test('P2, C6: a closed conversation leaves no run, and reopened it has its memory and its message ids', async () => {
    model.answers({ text: 'your order is on its way' })
    const { conversationId, messageId } = await desk.start('[order] where is order 12345')
    await desk.settled(conversationId)
    model.answers({ text: 'hello too' })
    const open = await desk.start('[order] I stay')
    await desk.settled(open.conversationId)
    await closeByCommand(desk.kernel, { conversationId, actor: mia })
    await desk.ring(conversationId)
    await desk.until(async () => (await desk.conversation(conversationId)).status === 'closed', 'closed')
    await desk.until(() => gone(desk, conversationId), 'the run is gone')
    expect(await gone(desk, open.conversationId)).toBe(false)

    model.answers((prompt) => {
      expect(prompt.messages.some(({ content }) => content === 'your order is on its way')).toBe(true)
      expect(prompt.messages[0]?.content).toContain('order: 12345')
      return { text: 'welcome back' }
    })
    await desk.send(conversationId, '[order] me again')
    const messages = await desk.settled(conversationId)
    expect(messages.at(-1)).toMatchObject({ role: 'ai', text: 'welcome back' })
    expect(messages[0]?.id).toBe(messageId)
  })
})

describe('with a worker that leaves ended runs', () => {
  let desk: Everdesk
  beforeAll(async () => {
    desk = await startEverdesk({ desk: REHEARSAL, model, policy: { renewAfterEvents: 1 } })
  })
  afterAll(() => desk?.close())

  test('only runs that ended before the given time go, those that were continued as new too; asking twice is harmless', async () => {
    model.answers({ text: 'one' })
    const { conversationId } = await desk.start('[order] first')
    await desk.settled(conversationId)
    const { namespace } = desk
    const first = async () => {
      const { executions } = await desk.client.workflowService.listWorkflowExecutions({
        namespace,
        query: `WorkflowId = 'conversation/${conversationId}' AND ExecutionStatus = 'ContinuedAsNew'`,
      })
      return executions[0]?.execution?.runId ?? undefined
    }
    await desk.until(async () => (await first()) !== undefined, 'the first run is renewed')
    const run = await first()
    const ask = (before: Date) => deleteEndedRuns({ client: desk.client, namespace, before, most: 10 })
    expect(await ask(new Date(Date.now() - DAY))).toBe(0)
    expect(await gone(desk, conversationId, run)).toBe(false)
    await Promise.all([ask(new Date()), ask(new Date())])
    await desk.until(() => gone(desk, conversationId, run), 'the renewed run is gone')
    expect((await desk.handle(conversationId).describe()).status.name).toBe('RUNNING')
  })
})
