// An older copy of Temporal's database file is put back, as after a restore from a backup (C11, P1, P2, P3): the engine believes
// what was true then, the store knows better, and no message is lost and nothing happens twice.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { workflowId } from '../../src/workflows/messages.ts'
import { startTemporal, type TemporalServer } from '../../stack/temporal.ts'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { until } from '../support/until.ts'

const PATIENCE = 100_000

/** The status of the first run that the conversation had. */
async function firstRun({ address, namespace }: TemporalServer, conversation: string): Promise<string> {
  const connection = await Connection.connect({ address })
  try {
    const { workflow } = new Client({ connection, namespace })
    let first: { startTime: Date; status: { name: string } } | undefined
    for await (const run of workflow.list({ query: `WorkflowId = '${workflowId(conversation)}'` })) {
      if (!first || run.startTime < first.startTime) first = run
    }
    return first?.status.name ?? 'none'
  } finally {
    await connection.close()
  }
}

describe.runIf(inject('postgresUrl'))('an older copy of the Temporal database', () => {
  let copy: string
  let temporal: TemporalServer
  let everdesk: Deployment

  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'everdesk-older-temporal-'))
    temporal = await startTemporal()
    everdesk = await startDeployment({ temporal })
  })
  afterEach(async () => {
    await everdesk?.close()
    await temporal?.close()
    await rm(copy, { recursive: true, force: true })
  })

  test('C11, P1: put back after more turns, under workers that remember them: each message is answered once, each write made once', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    const ben = await everdesk.as('customer', 'cust_1002')
    // In the copy: a conversation at rest, one in the middle of a write's turn, and one that is not known yet.
    const rests = await ada.start('Where is order 12345?')
    await ada.settled(rests.conversation, rests.message)
    await everdesk.sandbox.model({ latency_ms: 3000 })
    const asked = await everdesk.sandbox.modelCalls()
    const writes = await ada.start('Please cancel order 12346')
    await until(async () => (await everdesk.sandbox.modelCalls()) > asked, 'the model is asked')
    await temporal.stop()
    await temporal.copyTo(copy)
    await everdesk.sandbox.model({ latency_ms: 0 })
    await temporal.start()

    // More turns, of which the copy knows nothing.
    expect(await ada.settled(writes.conversation, writes.message, PATIENCE)).toMatchObject({ status: 'answered' })
    for (const text of ['And where is order 12346?', 'Tell me about order 12345 again']) {
      const message = await ada.send(rests.conversation, text)
      expect(await ada.settled(rests.conversation, message, PATIENCE)).toMatchObject({ status: 'answered' })
    }
    const later = await ben.start('Where is order 22345?')
    await ben.settled(later.conversation, later.message, PATIENCE)

    await temporal.stop()
    await temporal.restoreFrom(copy)
    const waiting = await ada.send(rests.conversation, 'Where is order 12345 now?')
    await temporal.start()

    expect(await ada.settled(rests.conversation, waiting, PATIENCE)).toMatchObject({ status: 'answered' })
    const again = [
      { by: ada, conversation: writes.conversation, text: 'Where is order 12345?' },
      { by: ben, conversation: later.conversation, text: 'Where is order 22345 now?' },
    ]
    for (const { by, conversation, text } of again) {
      const message = await by.send(conversation, text)
      expect(await by.settled(conversation, message, PATIENCE)).toMatchObject({ status: 'answered' })
    }
    // Its worker remembers more of it than the copy and takes new bells for old ones: it was ended, and another one went on.
    expect(await firstRun(temporal, rests.conversation)).toBe('TERMINATED')
    expect(await everdesk.sandbox.effects('cancel_order')).toHaveLength(1)
    const messages = await everdesk.db
      .selectFrom('messages')
      .selectAll()
      .orderBy('conversation_id')
      .orderBy('seq')
      .execute()
    const customers = messages.filter(({ role }) => role === 'customer').map(({ id }) => id)
    expect(messages.filter(({ role }) => role === 'ai').flatMap((reply) => reply.in_reply_to)).toEqual(customers)
    const open = await everdesk.db.selectFrom('turns').select('number').where('state', '!=', 'done').execute()
    expect(open).toEqual([])
  }, 300_000)
})
