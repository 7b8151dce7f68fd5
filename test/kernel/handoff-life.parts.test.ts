// H2, H4, H6: a handoff has a deadline and a next step in every live state, and the customer is told the truth about it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/kernel/actor.ts'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { endEffect } from '../../src/kernel/move-effect.ts'
import { seePerson, setAway } from '../../src/kernel/people.ts'
import { listAlerts } from '../../src/kernel/reads/alerts.ts'
import { listAudit } from '../../src/kernel/reads/audit.ts'
import { listPeople } from '../../src/kernel/reads/people.ts'
import { releaseHandoff } from '../../src/kernel/release-handoff.ts'
import { replyAsPerson } from '../../src/kernel/reply-as-person.ts'
import { seeHandoff } from '../../src/kernel/see-handoff.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { transferHandoff } from '../../src/kernel/transfer-handoff.ts'
import { DEFAULT_POLICY } from '../../src/domain/policy.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'
import { refusalOf } from '../support/refusal.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const noah = { id: 'agent_noah', name: 'Noah', role: 'agent' } as const
const jonas = { id: 'sup_jonas', name: 'Jonas', role: 'supervisor' } as const
const minute = 60_000
const hour = 60 * minute

const TEXTS = {
  handoff_acknowledged: 'a person by {time}',
  handoff_nobody_online: 'nobody now, a person by {time}',
  handoff_outside_hours: 'back {opens}, a person by {time}',
  handoff_still_waiting: 'late, now {time}',
  handoff_late_again: 'late again, now {time}',
  handoff_no_time: 'no time any more',
  handoff_taken_back: 'sorry, now {time}',
  ticket_is: 'Ticket {ticket}.',
}
/** Monday to Friday, 8:00 to 8:30 in Berlin: the story begins on a Saturday at 9:00 there. */
const weekday = [{ from: '08:00', to: '08:30' }]
const HOURS = {
  timeZone: 'Europe/Berlin',
  week: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday },
}

describe.each(databaseKinds())('the life of a handoff on %s', (kind) => {
  let it: Story
  const begin = async (hours: typeof HOURS | null = null) => {
    const people = { ...DEFAULT_POLICY.people, hours, teams: ['billing'] }
    it = await createStory(kind, { policy: { people }, texts: TEXTS })
  }
  beforeEach(() => begin())
  afterEach(() => it?.close())

  async function offered(text = 'a person please') {
    const id = await it.begin(text)
    await escalate(it.kernel, { conversationId: id, reason: 'person_requested' })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    return { id, handoffId: (await it.handoff(id)).id }
  }
  const texts = async (id: string) =>
    (await it.messages(id)).filter(({ role }) => role === 'system').map(({ text }) => text)
  /** Time passes until the next deadline, and the run asks what is next, twice at once. */
  const miss = async (id: string) => {
    it.advance(Math.max(0, (await it.handoff(id)).deadline_at.getTime() - it.now()))
    await Promise.all([it.take(id), it.take(id)])
    const [row, handoff] = [await it.row(id), await it.handoff(id)]
    if (row.controlled_by === 'human') expect(row.wake_at).toEqual(handoff.deadline_at)
    expect(row.wake_at?.getTime()).toBeGreaterThan(it.now())
    return handoff
  }
  const notices = async (id: string) =>
    (await it.db.selectFrom('notices').selectAll().where('conversation_id', '=', id).execute())
      .toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime())
      .map(({ type, data }) => `${type} ${(data as { step?: string }).step ?? ''}`.trim())
  const audited = async (id: string) =>
    (await listAudit(it.kernel, { conversationId: id }, { limit: 50 })).data.map(
      ({ action, actor }) => `${actor} ${action}`,
    )
  const events = async (id: string) =>
    (await it.events(id)).map(({ type }) => type).filter((type) => type.startsWith('handoff') || type === 'handed-back')

  test('H4: nobody claims: offered again, paged, owned up to, and paged on, with the customer told each new time', async () => {
    const { id } = await offered()
    const seen: [string, string | null, number][] = []
    for (let n = 0; n < 6; n += 1) {
      const { priority, next_step: step, offers } = await miss(id)
      seen.push([priority, step, offers])
    }
    expect(seen).toEqual([
      ['high', 'page', 2],
      ['urgent', 'own_up', 3],
      ['urgent', 'page_again', 4],
      ['urgent', 'page_again', 4],
      ['urgent', 'page_again', 4],
      ['urgent', 'page_again', 4],
    ])
    expect(await texts(id)).toEqual([
      'nobody now, a person by 8:15 UTC',
      'late, now 8:25 UTC',
      'late again, now 8:30 UTC',
      'no time any more',
    ])
    expect(await notices(id)).toEqual([
      'handoff.offered',
      'handoff.offered offer_again',
      'handoff.missed page',
      'handoff.missed own_up',
      ...Array<string>(3).fill('handoff.missed page_again'),
    ])
    expect((await listAlerts(it.kernel, { kind: 'handoff_unclaimed' }, { limit: 5 })).data).toHaveLength(1)
  })

  test('H4: late texts name the ticket once there is one', async () => {
    const id = await it.begin('a person please')
    await escalate(it.kernel, { conversationId: id, reason: 'person_requested' })
    const [ticket] = await it.effects(id)
    const result = { outcome: 'ok' as const, data: {} }
    await it.db.updateTable('effects').set({ state: 'sent' }).where('conversation_id', '=', id).execute()
    const settled = { conversationId: id, effect: ticket?.id ?? '', state: 'settled' as const, result }
    await endEffect(it.kernel, { ...settled, ticketId: 'T-4471' })
    await miss(id)
    expect((await texts(id)).at(-1)).toBe('late, now 8:25 UTC Ticket T-4471.')
  })

  test('H4: the first word is due when the customer was told; a silent claim is reminded of, then taken back with an apology', async () => {
    const { id, handoffId } = await offered()
    it.advance(2 * minute)
    const claimed = (await claimHandoff(it.kernel, { handoffId, agent: mia })).outcome
    expect(claimed).toMatchObject({ next_step: 'remind', deadline_at: '2026-11-21T08:15:00.000Z' })
    expect(await miss(id)).toMatchObject({ state: 'claimed', next_step: 'release', claimed_by: { id: mia.id } })
    expect((await listAlerts(it.kernel, { kind: 'handoff_silent' }, { limit: 5 })).data).toHaveLength(1)
    expect(await miss(id)).toMatchObject({ state: 'offered', claimed_by: null, priority: 'high', offers: 2 })
    expect(await texts(id)).toEqual(['nobody now, a person by 8:15 UTC', 'late, now 8:25 UTC', 'sorry, now 8:35 UTC'])
    expect(await notices(id)).toEqual(['handoff.offered', 'handoff.missed remind', 'handoff.offered release'])
    expect(await events(id)).toEqual(['handoff-offered', 'handoff-claimed', 'handoff-released', 'handoff-offered'])
    expect(await audited(id)).toContain('everdesk handoff.taken_back')
    expect(await it.row(id)).toMatchObject({ controlled_by: 'human', priority: 'high' })
    expect(
      await refusalOf(replyAsPerson(it.kernel, { conversationId: id, agent: mia, message: { text: 'late' } })),
    ).toBe('not_yours')
    await claimHandoff(it.kernel, { handoffId, agent: noah })
  })

  test('H4: whoever claims in the last minute has time for a first word, and the customer is told when it gets late', async () => {
    const { id, handoffId } = await offered()
    it.advance(14 * minute)
    const { outcome } = await claimHandoff(it.kernel, { handoffId, agent: mia })
    expect(outcome.deadline_at).toBe('2026-11-21T08:24:00.000Z')
    await miss(id)
    expect((await texts(id)).at(-1)).toBe('late, now 8:34 UTC')
  })

  test('H4: after a reply the next word is due only once the customer writes, and silence then is noticed too', async () => {
    const { id, handoffId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    await replyAsPerson(it.kernel, { conversationId: id, agent: mia, message: { text: 'hello' } })
    expect(await it.handoff(id)).toMatchObject({ state: 'answered', next_step: 'nudge' })
    it.advance(hour)
    const { sooner } = await acceptMessage(it.kernel, {
      conversationId: id,
      customer: { id: 'cust_1001' },
      message: { text: 'and then?', masked: false },
    })
    expect(sooner).toBe(true)
    const due = new Date(it.now() + 20 * minute)
    expect(await it.handoff(id)).toMatchObject({ state: 'answered', deadline_at: due, missed: 0 })
    expect((await it.row(id)).wake_at).toEqual(due)
    it.advance(minute)
    await it.write(id, 'hello?')
    expect((await it.handoff(id)).deadline_at).toEqual(due)
    expect(await miss(id)).toMatchObject({ state: 'answered', next_step: 'release' })
    expect(await miss(id)).toMatchObject({ state: 'offered', claimed_by: null, offers: 2 })
    expect((await texts(id)).at(-1)).toMatch(/^sorry, now/)
  })

  test('C6: a person who answered and a customer who is content: after two quiet days the AI has it, and idle life goes on', async () => {
    const { id, handoffId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    await replyAsPerson(it.kernel, { conversationId: id, agent: mia, message: { text: 'hello' } })
    expect(await miss(id)).toMatchObject({ state: 'answered', next_step: 'hand_back' })
    expect(await miss(id)).toMatchObject({ state: 'handed_back' })
    expect(await it.row(id)).toMatchObject({ controlled_by: 'ai', status: 'pending', quiet_stage: 'follow_up' })
    expect(await texts(id)).toHaveLength(1)
    expect(await audited(id)).toContain('everdesk handoff.handed_back')
    it.advance(10 * minute)
    await it.take(id)
    expect((await texts(id)).at(-1)).toBe('text: follow_up')
  })

  test('H4: what a person answered and released goes back to the AI when nobody wants it; the content customer hears nothing', async () => {
    const { id, handoffId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    await replyAsPerson(it.kernel, { conversationId: id, agent: mia, message: { text: 'hello' } })
    await releaseHandoff(it.kernel, { handoffId, agent: mia })
    expect(await miss(id)).toMatchObject({ state: 'offered', next_step: 'hand_back' })
    expect(await miss(id)).toMatchObject({ state: 'handed_back' })
    expect(await texts(id)).toHaveLength(1)
    expect(await notices(id)).toEqual(['handoff.offered', 'handoff.offered offer_again', 'handoff.missed hand_back'])
  })

  test('H4: a customer who was promised a person gets a word, also when no message of theirs waits', async () => {
    const id = await it.begin('hello')
    await it.reply(id, await it.turn(id))
    await escalate(it.kernel, { conversationId: id, reason: 'operator' })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    await claimHandoff(it.kernel, { handoffId: (await it.handoff(id)).id, agent: mia })
    expect(await miss(id)).toMatchObject({ state: 'claimed', next_step: 'release' })
    expect((await texts(id)).at(-1)).toMatch(/^late, now/)
  })

  test('H4: outside the hours the customer is told when people are back, the deadline counts from there, and the ticket carries it', async () => {
    await it.close()
    await begin(HOURS)
    const { id } = await offered()
    expect(await texts(id)).toEqual(['back on Monday at 7:00 UTC, a person by Monday at 7:15 UTC'])
    const { deadline_at: deadline, brief } = await it.handoff(id)
    expect(deadline.toISOString()).toBe('2026-11-23T07:15:00.000Z')
    expect(brief.expected_at).toBe('2026-11-23T07:15:00.000Z')
    expect((await it.effects(id))[0]?.arguments).toMatchObject({ expected: '2026-11-23T07:15:00.000Z' })
    expect(await it.take(id)).toMatchObject({ kind: 'idle', wakeAt: deadline.getTime() })
  })

  test('H4: danger waits for no opening hour: people are called in minutes, and the customer is promised only what holds', async () => {
    await it.close()
    await begin(HOURS)
    const id = await it.begin('I smell gas')
    await escalate(it.kernel, { conversationId: id, reason: 'safety' })
    await it.db.updateTable('effects').set({ state: 'settled' }).where('conversation_id', '=', id).execute()
    expect((await it.handoff(id)).deadline_at.getTime()).toBe(it.now() + 5 * minute)
    await miss(id)
    await miss(id)
    expect(await notices(id)).toEqual(['handoff.offered', 'handoff.offered offer_again', 'handoff.missed page'])
    expect(await texts(id)).toEqual(['text: safety_first back on Monday at 7:00 UTC, a person by Monday at 7:05 UTC'])
  })

  test('H4: with somebody at the desk the customer hears so; whoever is away or was last seen long ago is nobody', async () => {
    await seePerson(it.kernel, mia)
    const first = await offered()
    await setAway(it.kernel, mia, true)
    await seePerson(it.kernel, mia)
    const second = await offered('another')
    await setAway(it.kernel, mia, false)
    it.advance(2 * minute)
    const third = await offered('a third')
    const said = [first, second, third].map(async ({ id }) => (await texts(id))[0]?.split(' ')[0])
    expect(await Promise.all(said)).toEqual(['a', 'nobody', 'nobody'])
    await seePerson(it.kernel, noah)
    const { data } = await listPeople(it.kernel, { limit: 1 })
    const rest = await listPeople(it.kernel, {
      limit: 5,
      cursor: (await listPeople(it.kernel, { limit: 1 })).next_cursor ?? '',
    })
    expect([...data, ...rest.data].map(({ id, online }) => [id, online])).toEqual([
      ['agent_mia', false],
      ['agent_noah', true],
    ])
  })

  test('H2: colleagues see that somebody reads it; its clock runs on', async () => {
    const { id, handoffId } = await offered()
    const { deadline_at: deadline } = await it.handoff(id)
    it.advance(minute)
    const seen = () => seeHandoff(it.kernel, { handoffId, agent: mia })
    expect((await seen()).outcome).toMatchObject({ state: 'seen', deadline_at: deadline.toISOString() })
    await seen()
    expect(await events(id)).toEqual(['handoff-offered', 'handoff-seen'])
    expect(await miss(id)).toMatchObject({ state: 'seen', priority: 'high', next_step: 'page' })
    await claimHandoff(it.kernel, { handoffId, agent: noah })
    expect((await seen()).outcome).toMatchObject({ state: 'claimed', claimed_by: { id: noah.id } })
    expect(await audited(id)).toContain('agent_mia handoff.seen')
  })

  test('H2: a conversation given to a colleague is theirs until the deadline, a supervisor’s at any time, then everybody’s', async () => {
    await seePerson(it.kernel, noah)
    const { id, handoffId } = await offered()
    const give = (agent: Actor) =>
      transferHandoff(it.kernel, {
        handoffId,
        agent,
        to: { agent_id: noah.id },
        note: 'you know lamps',
        commandId: 't-1',
      })
    expect(await refusalOf(give(mia))).toBe('not_yours')
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    const { outcome } = await give(mia)
    expect(outcome).toMatchObject({ state: 'offered', assigned_to: { id: noah.id, name: 'Noah' }, offers: 2 })
    expect(outcome).not.toHaveProperty('claimed_by')
    expect(await give(mia)).toEqual({ outcome, repeated: true })
    expect((await it.messages(id)).at(-1)).toMatchObject({ role: 'note', text: 'you know lamps' })
    expect(await it.row(id)).toMatchObject({ controlled_by: 'human' })
    expect(await refusalOf(claimHandoff(it.kernel, { handoffId, agent: mia }))).toBe('assigned_to_other')
    expect(await events(id)).toEqual(['handoff-offered', 'handoff-claimed', 'handoff-released', 'handoff-offered'])
    expect(await audited(id)).toContain('agent_mia handoff.transferred')

    const theirs = await claimHandoff(it.kernel, { handoffId, agent: noah })
    expect(theirs.outcome).not.toHaveProperty('assigned_to')
    await transferHandoff(it.kernel, { handoffId, agent: jonas, to: { agent_id: noah.id } })
    await claimHandoff(it.kernel, { handoffId, agent: jonas })
    await transferHandoff(it.kernel, { handoffId, agent: jonas, to: { agent_id: noah.id } })
    await miss(id)
    expect((await claimHandoff(it.kernel, { handoffId, agent: mia })).outcome.claimed_by).toEqual({
      id: mia.id,
      name: 'Mia',
    })
  })

  test('H2: a handoff can go to a team of the desk, never to somebody who does not exist', async () => {
    const { id, handoffId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    const give = (to: { team: string } | { agent_id: string }) =>
      transferHandoff(it.kernel, { handoffId, agent: mia, to })
    expect(await refusalOf(give({ team: 'sales' }))).toBe('invalid_request')
    expect(await refusalOf(give({ agent_id: 'cust_1001' }))).toBe('invalid_request')
    expect((await give({ team: 'billing' })).outcome).toMatchObject({ state: 'offered', team: 'billing' })
    expect((await claimHandoff(it.kernel, { handoffId, agent: noah })).outcome).toMatchObject({ state: 'claimed' })
    await releaseHandoff(it.kernel, { handoffId, agent: noah })
    expect(await it.handoff(id)).toMatchObject({ state: 'offered', team: null, offers: 3 })
  })

  test('H6: an operator may take over for somebody what was given to a colleague', async () => {
    await seePerson(it.kernel, noah)
    const { id, handoffId } = await offered()
    await transferHandoff(it.kernel, { handoffId, agent: jonas, to: { agent_id: noah.id } })
    const operator = { id: 'operator', name: 'Operator', role: 'operator' } as const
    const taken = await takeOver(it.kernel, { conversationId: id, agent: mia, command: { actor: operator, id: 'r/1' } })
    expect(taken?.outcome.handoff).toMatchObject({ id: handoffId, claimed_by: { id: mia.id } })
  })
})
