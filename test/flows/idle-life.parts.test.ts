// A conversation nobody writes in [C6], on real parts with short timers, and what it leaves on record [H7, T8].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteRead } from '../../src/api/note-access.ts'
import { readConversation } from '../../src/kernel/reads/conversations.ts'
import { readWorkspace } from '../../src/kernel/reads/workspace/workspace.ts'
import { verifyAudit } from '../../src/kernel/verify-audit.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'

let desk: Everdesk
beforeAll(async () => {
  desk = await startEverdesk({ policy: { timers: { followUpAfter: 1000, resolveAfter: 1500, closeAfter: 1500 } } })
})
afterAll(() => desk?.close())

const supervisor = {
  id: 'supervisor_1',
  name: 'Jonas',
  role: 'supervisor',
  tier: 'free',
  issuer: 'test',
  guest: false,
  expiresAt: 0,
} as const

test('follow-up, resolved, closed and reopened are told one by one; the resolution is revoked on return', async () => {
  const { conversationId } = await desk.start('Can I return headphones I have opened?')
  await desk.settled(conversationId)
  const resolutions = () =>
    desk.db.selectFrom('resolutions').selectAll().where('conversation_id', '=', conversationId).execute()
  expect(await resolutions()).toEqual([])
  await desk.until(async () => (await desk.conversation(conversationId)).status === 'closed', 'the close')
  expect(await resolutions()).toMatchObject([{ number: 1, resolved_by: 'ai', revoked_at: null }])
  expect((await readConversation(desk.kernel, conversationId))?.next).toBeNull()

  await desk.send(conversationId, 'And how long does the refund take?')
  expect((await resolutions())[0]?.revoked_at).not.toBeNull()
  await desk.settled(conversationId)
  expect((await readConversation(desk.kernel, conversationId))?.next?.kind).toMatch(/follow_up|resolve|close/)

  const events = await desk.db
    .selectFrom('events')
    .select(['type', 'data'])
    .where('conversation_id', '=', conversationId)
    .orderBy('seq')
    .execute()
  const statuses = events.filter(({ type }) => type === 'status-changed').map(({ data }) => data['status'])
  expect(statuses.slice(0, 4)).toEqual(['pending', 'resolved', 'closed', 'open'])
  expect(events.filter(({ type }) => type === 'conversation-closed').length).toBeGreaterThan(0)
})

test('each answered turn names its model, prompt and policy, and what was read of it is chained by the worker', async () => {
  const { conversationId } = await desk.start('Can I return headphones I have opened?')
  await desk.settled(conversationId)
  await noteRead(desk.kernel, supervisor, conversationId)
  const workspace = await readWorkspace(desk.kernel, conversationId)
  const [turn] = workspace?.turns ?? []
  expect(turn).toMatchObject({ state: 'done', model: expect.stringContaining('scripted') as string })
  expect(turn?.prompt_version).toMatch(/^[0-9a-f]{12}$/)
  expect(turn?.policy_version).toBe((await desk.conversation(conversationId)).policy_version)
  const versions = await desk.db.selectFrom('versions').selectAll().where('kind', '=', 'prompt').execute()
  expect(versions.map(({ version }) => version)).toContain(turn?.prompt_version)
  const check = await desk.until(async () => {
    const found = await verifyAudit(desk.kernel)
    return found.unchained === 0 && found.rows > 0 ? found : null
  }, 'the chain')
  expect(check.broken).toBeNull()
})
