// The supervisor's report [H5, H7, C6], against a fortnight played on both stores.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escalate } from '../../src/kernel/escalate.ts'
import { giveFeedback } from '../../src/kernel/give-feedback.ts'
import { noteVersions } from '../../src/kernel/note-versions.ts'
import { rateConversation } from '../../src/kernel/rate-conversation.ts'
import { replyAsPerson } from '../../src/kernel/reply-as-person.ts'
import { reportSummary } from '../../src/kernel/reads/report/summary.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'
import { TEST_DESK } from '../support/kernel.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const ada = { id: 'cust_1001', name: 'Ada', role: 'customer' } as const
const { timers } = TEST_DESK.policy
const day = 86_400_000

describe.each(databaseKinds())('the report on %s', (kind) => {
  let it: Story
  const desk = TEST_DESK.name
  const answered = async (intent: string) => {
    const id = await it.begin('hello')
    const turn = await it.turn(id)
    await it.db.updateTable('turns').set({ intent, specialist: intent }).where('conversation_id', '=', id).execute()
    await it.db.updateTable('conversations').set({ intent }).where('id', '=', id).execute()
    await it.reply(id, turn)
    return id
  }
  const quiet = async (ids: string[]) => {
    it.advance(timers.followUpAfter)
    for (const id of ids) await it.take(id)
    it.advance(timers.resolveAfter)
    for (const id of ids) await it.take(id)
  }
  const thumb = async (id: string, rating: 'up' | 'down') => {
    const reply = (await it.messages(id)).find(({ role }) => role === 'ai' || role === 'human')
    await giveFeedback(it.kernel, { conversationId: id, customer: ada, messageId: reply?.id ?? '', rating })
  }
  /** Offers a new conversation to people and answers it after `wait` seconds. */
  const helped = async (reason: string, wait: number) => {
    const id = await it.begin('help')
    await escalate(it.kernel, { conversationId: id, reason })
    it.advance(wait * 1000)
    const message = { text: 'Mia here' }
    await replyAsPerson(it.kernel, { conversationId: id, agent: mia, message, takeOver: true })
    return id
  }

  beforeAll(async () => {
    it = await createStory(kind)
    await noteVersions(it.kernel, [{ desk, kind: 'policy', specialist: '', version: 'v1' }])
    // 21 November, 08:00.
    const first = [await answered('order'), await answered('order'), await answered('account')]
    await thumb(first[0] ?? '', 'up')
    await thumb(first[2] ?? '', 'down')
    await helped('anger', 60)
    const person = await helped('anger', 120)
    await thumb(person, 'up')
    await rateConversation(it.kernel, { conversationId: first[0] ?? '', customer: ada, score: 4 })
    await rateConversation(it.kernel, { conversationId: person, customer: ada, score: 1 })
    await quiet(first)
    // 22 November: one comes back, another begins, a policy changes.
    await it.write(first[1] ?? '', 'no, it is not')
    await noteVersions(it.kernel, [
      { desk, kind: 'policy', specialist: '', version: 'v1' },
      { desk, kind: 'prompt', specialist: 'order', version: 'p1' },
    ])
    it.advance(1000)
    await noteVersions(it.kernel, [{ desk, kind: 'policy', specialist: '', version: 'v2' }])
    await answered('order')
  })
  afterAll(() => it.close())

  test('what stands is counted: by day, by intent, by reason, by what wrote the replies', async () => {
    const report = await reportSummary(it.kernel, { days: 2 })
    expect([report.from, report.days.map((one) => one.day)]).toEqual([
      '2026-11-21T00:00:00.000Z',
      ['2026-11-21', '2026-11-22'],
    ])
    expect(report.totals).toEqual({
      conversations: 6,
      resolved: 2,
      resolved_without_person: 2,
      resolution_rate: 0.5,
      handoffs: 2,
      wait_p50_s: 90,
      wait_p95_s: 117,
      cost_usd: '0.004000',
      came_back: 1,
      up: 2,
      down: 1,
      rating_mean: 2.5,
    })
    expect(report.days).toMatchObject([
      {
        conversations: 5,
        resolved_without_person: 2,
        resolution_rate: 0.5,
        handoffs: 2,
        cost_usd: '0.003000',
        up: 2,
        down: 1,
      },
      {
        conversations: 1,
        resolved_without_person: 0,
        resolution_rate: null,
        handoffs: 0,
        wait_p50_s: null,
        up: 0,
        down: 0,
      },
    ])
    expect(report.intents).toEqual([
      {
        intent: 'order',
        conversations: 3,
        resolution_rate: 1,
        cost_usd: '0.003000',
        came_back: 1,
        wait_p50_s: null,
        up: 1,
        down: 0,
        days: [1, null],
      },
      {
        intent: 'unknown',
        conversations: 2,
        resolution_rate: 0,
        cost_usd: '0.000000',
        came_back: 0,
        wait_p50_s: 90,
        up: 1,
        down: 0,
        days: [0, null],
      },
      {
        intent: 'account',
        conversations: 1,
        resolution_rate: 1,
        cost_usd: '0.001000',
        came_back: 0,
        wait_p50_s: null,
        up: 0,
        down: 1,
        days: [1, null],
      },
    ])
    expect(report.reasons).toEqual([{ reason: 'anger', handoffs: 2, before: 0, wait_p50_s: 90 }])
    const { claim } = TEST_DESK.policy.people
    expect(report.goals).toEqual({
      resolution_rate: 0.8,
      wait_s: claim.normal / 1000,
      cost_usd: TEST_DESK.policy.budgetUsd,
    })
    expect(report.specialists).toEqual([
      { specialist: 'account', model: 'test-small', prompt_version: null, up: 0, down: 1 },
      { specialist: 'order', model: 'test-small', prompt_version: null, up: 1, down: 0 },
      { specialist: 'person', model: null, prompt_version: null, up: 1, down: 0 },
    ])
  })

  test('only a version that differs from the one before is a change', async () => {
    expect((await reportSummary(it.kernel, { days: 2 })).changes).toMatchObject([
      { kind: 'policy', desk, specialist: null, version: 'v2' },
    ])
  })

  test('desk and intent narrow it, and a window without anything is a report of nothing', async () => {
    expect((await reportSummary(it.kernel, { days: 2, intent: 'account' })).totals).toMatchObject({
      conversations: 1,
      handoffs: 0,
      down: 1,
      up: 0,
    })
    const none = await reportSummary(it.kernel, { days: 2, desk: 'another' })
    expect(none.totals).toMatchObject({
      conversations: 0,
      resolution_rate: null,
      cost_usd: '0.000000',
      rating_mean: null,
    })
    it.advance(30 * day)
    const later = await reportSummary(it.kernel, { days: 14 })
    expect(later.days).toHaveLength(14)
    expect(later.totals).toMatchObject({ conversations: 0, handoffs: 0, up: 0 })
  })
})
