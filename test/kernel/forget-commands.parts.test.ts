// A command is remembered for as long as a client may repeat it, and no longer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escalate } from '../../src/kernel/escalate.ts'
import { forgetCommands } from '../../src/kernel/forget-commands.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('commands on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  test('old ones are forgotten, so many at a time; younger ones still answer a repeat (P2)', async () => {
    const id = await it.begin('a person please')
    const ask = (commandId: string) =>
      escalate(it.kernel, { conversationId: id, reason: 'operator', actor: mia, commandId })
    for (const key of ['one', 'two', 'three']) await ask(key)
    const first = await ask('four')
    const old = new Date('2020-01-01')
    await it.db.updateTable('commands').set({ created_at: old }).where('id', 'in', ['one', 'two', 'three']).execute()

    const before = new Date('2021-01-01')
    expect([await forgetCommands(it.kernel, before, 2), await forgetCommands(it.kernel, before, 2)]).toEqual([2, 1])
    expect(await forgetCommands(it.kernel, before, 2)).toBe(0)
    const kept = await it.db.selectFrom('commands').select('id').where('conversation_id', '=', id).execute()
    expect(kept).toEqual([{ id: 'four' }])
    expect(await ask('four')).toEqual(first)
  })
})
