// Rule 7: closing is recorded at once and carried out when nothing is left to do.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { intendEffect } from '../../src/kernel/move-effect.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
/** Closes as an agent does, and gives the row. */
async function closed(it: Story, conversationId: string) {
  await closeByCommand(it.kernel, { conversationId, actor: mia })
  return it.row(conversationId)
}
const minute = 60_000

describe.each(databaseKinds())('closing on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  test('Rule 7: a close waits for the turn and is carried out by takeNext; closing twice changes nothing', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const close = () => closed(it, id)
    expect(await close()).toMatchObject({ status: 'open', close_requested_by: 'agent_mia' })
    expect(await it.take(id)).toMatchObject({ kind: 'turn' })
    await it.reply(id, turn)
    expect(await it.wake(id)).toBe(it.now())
    expect(await it.take(id)).toMatchObject({ kind: 'done' })
    const row = await it.row(id)
    expect(row).toMatchObject({ status: 'closed', floor: 2, controlled_by: 'ai', wake_at: null })
    expect(await close()).toMatchObject({ floor: 2 })
    expect(await it.take(id)).toMatchObject({ kind: 'done' })
    expect((await it.events(id)).filter(({ type }) => type === 'conversation-closed')).toHaveLength(1)
  })

  test('Rule 7: closing resolves the handoff and gives the floor back to the AI', async () => {
    const id = await it.answered()
    await takeOver(it.kernel, { conversationId: id, agent: mia })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    const { floor } = await it.row(id)
    await closed(it, id)
    expect(await it.row(id)).toMatchObject({ status: 'closed', controlled_by: 'ai', floor: floor + 1 })
    expect(await it.handoff(id)).toMatchObject({ state: 'resolved' })
  })

  test('Rule 7: no conversation closes over a write that is not finished', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    const wish = { conversationId: id, turn, call: '1-0', tool: 'w', input: {}, businessKey: null, repeatable: false }
    await intendEffect(it.kernel, wish)
    await it.db.updateTable('effects').set({ state: 'unknown' }).where('conversation_id', '=', id).execute()
    await it.reply(id, turn)
    expect(await closed(it, id)).toMatchObject({ status: 'pending' })
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: it.now() + 10 * minute })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    expect(await it.take(id)).toMatchObject({ kind: 'done' })
  })

  test('Rule 7: a message cancels a close that waits', async () => {
    const id = await it.begin('first')
    const turn = await it.turn(id)
    await closed(it, id)
    await it.write(id, 'wait')
    expect(await it.row(id)).toMatchObject({ close_requested_by: null })
    await it.reply(id, turn)
    expect(await it.turn(id)).toBe(2)
  })
})
