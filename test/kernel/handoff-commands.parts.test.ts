// Claim, release, reply, note, hand back, ruling: rules 4, 5 and 10, on both kinds of store [H2].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { addNote } from '../../src/kernel/add-note.ts'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { escalate } from '../../src/kernel/escalate.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { listAudit } from '../../src/kernel/reads/audit.ts'
import { findConversation } from '../../src/kernel/reads/conversations.ts'
import { listEffects } from '../../src/kernel/reads/effects.ts'
import { listHandoffs } from '../../src/kernel/reads/handoffs.ts'
import { messageProgress, transcript } from '../../src/kernel/reads/messages.ts'
import { releaseHandoff } from '../../src/kernel/release-handoff.ts'
import { replyAsPerson } from '../../src/kernel/reply-as-person.ts'
import { ruleOnEffect } from '../../src/kernel/rule-on-effect.ts'
import { startConversation } from '../../src/kernel/start-conversation.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createTestKernel, TEST_DESK, type TestKernel } from '../support/kernel.ts'
import { refusalOf } from '../support/refusal.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const noah = { id: 'agent_noah', name: 'Noah', role: 'agent' } as const
const operator = { id: 'operator', name: 'operator', role: 'operator' } as const

describe.each(databaseKinds())('people in a conversation on %s', (kind) => {
  let it: TestKernel
  beforeAll(async () => {
    it = await createTestKernel(kind)
  })
  afterAll(() => it.close())

  async function start(text = 'hello') {
    const { conversation, message } = await startConversation(it.kernel, {
      customer: { id: 'cust_1001', issuer: 'https://issuer.test', subject: 'cust_1001' },
      desk: TEST_DESK.name,
      channel: 'web',
      message: { text, masked: false },
    })
    return { conversationId: conversation.id, messageId: message.id, seq: message.seq }
  }
  async function offered() {
    const started = await start()
    const offer = await escalate(it.kernel, { conversationId: started.conversationId, reason: 'person_requested' })
    return { ...started, handoffId: offer?.handoffId ?? '' }
  }
  const row = async (id: string) => {
    const found = await findConversation(it.kernel, id)
    if (!found) throw new Error('no conversation')
    return found
  }
  const statusOf = async (conversationId: string, messageId: string) =>
    (await messageProgress(it.kernel, conversationId, messageId))?.status

  test('of two claims at the same moment one wins and the other is told who (H2)', async () => {
    const { handoffId } = await offered()
    const claims = await Promise.allSettled([mia, noah].map((agent) => claimHandoff(it.kernel, { handoffId, agent })))
    const [won] = claims.filter((claim) => claim.status === 'fulfilled')
    const [lost] = claims.filter((claim) => claim.status === 'rejected')
    expect(lost?.reason).toMatchObject({
      code: 'already_claimed',
      extra: { claimed_by: won?.value.outcome.claimed_by },
    })
  })

  test('a claim raises the floor, ends the open turn and frees its unsent writes (rule 5)', async () => {
    const { conversationId, messageId } = await start()
    const now = new Date()
    const common = { tenant_id: 'default', desk: TEST_DESK.name, conversation_id: conversationId, floor: 1 }
    const turn = { number: 1, cause: 'messages' as const, reply_message_id: 'r1' }
    const times = { started_at: now, deadline_at: new Date(now.getTime() + 60_000), alive_at: now }
    await it.kernel.db
      .insertInto('turns')
      .values({ ...common, ...turn, ...times })
      .execute()
    const effect = {
      id: `eff_${conversationId}`,
      key: conversationId,
      customer_id: 'cust_1001',
      authority: 'turn' as const,
    }
    await it.kernel.db
      .insertInto('effects')
      .values({ ...common, ...effect, turn: 1, tool: 't', digest: 'd', arguments: '{}', created_at: now })
      .execute()
    await it.kernel.db.updateTable('conversations').set({ open_turn: 1 }).where('id', '=', conversationId).execute()
    await it.kernel.db.updateTable('messages').set({ status: 'processing' }).where('id', '=', messageId).execute()

    const taken = await takeOver(it.kernel, { conversationId, agent: mia })
    expect(taken?.outcome.handoff).toMatchObject({ state: 'claimed', reason: 'taken_over', claimed_by: { id: mia.id } })
    expect(await row(conversationId)).toMatchObject({ open_turn: null, controlled_by: 'human' })
    expect((await row(conversationId)).floor).toBeGreaterThan(1)
    expect(await statusOf(conversationId, messageId)).toBe('handed_off')
    const { data } = await listEffects(it.kernel, { state: 'refused' }, { limit: 100 })
    expect(data.map(({ id }) => id)).toContain(effect.id)
  })

  test('the owner claims again without effect, and a released handoff is offered anew (rule 5)', async () => {
    const { handoffId, conversationId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    const { floor } = await row(conversationId)
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    expect((await row(conversationId)).floor).toBe(floor)
    expect(await refusalOf(releaseHandoff(it.kernel, { handoffId, agent: noah }))).toBe('not_yours')
    const { outcome } = await releaseHandoff(it.kernel, { handoffId, agent: mia })
    expect(outcome).toMatchObject({ state: 'offered' })
    expect(outcome).not.toHaveProperty('claimed_by')
    expect((await row(conversationId)).controlled_by).toBe('human')
    expect((await row(conversationId)).wake_at).not.toBeNull()
    expect((await claimHandoff(it.kernel, { handoffId, agent: noah })).outcome.claimed_by?.id).toBe(noah.id)
  })

  test('only the claiming agent replies, and a reply answers everything before it (P2)', async () => {
    const { handoffId, conversationId, messageId } = await offered()
    const reply = (agent: typeof mia | typeof noah, text = 'I am here') =>
      replyAsPerson(it.kernel, { conversationId, agent, message: { id: 'reply-1', text } })
    expect(await refusalOf(reply(mia))).toBe('not_yours')
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    expect(await refusalOf(reply(noah))).toBe('not_yours')
    expect((await reply(mia)).outcome.message).toMatchObject({
      role: 'human',
      in_reply_to: [messageId],
      author: { id: mia.id },
    })
    expect(await reply(mia)).toMatchObject({ repeated: true, outcome: { message: { id: 'reply-1' } } })
    expect(await refusalOf(reply(mia, 'something else'))).toBe('idempotency_conflict')
    expect(await messageProgress(it.kernel, conversationId, messageId)).toMatchObject({
      status: 'answered',
      reply: { id: 'reply-1' },
    })
    expect(await row(conversationId)).toMatchObject({ status: 'pending', controlled_by: 'human' })
  })

  test('a reply with take_over claims and replies in one transaction, also in a closed conversation', async () => {
    const { conversationId, messageId } = await start()
    await replyAsPerson(it.kernel, { conversationId, agent: mia, message: { text: 'mine' }, takeOver: true })
    expect(await statusOf(conversationId, messageId)).toBe('answered')
    const other = { conversationId, agent: noah, message: { text: 'no, mine' }, takeOver: true }
    expect(await refusalOf(replyAsPerson(it.kernel, other))).toBe('already_claimed')
  })

  test('a reply up to the last seen seq leaves newer messages, and hand-back gives those to the AI (rule 5)', async () => {
    const { handoffId, conversationId, messageId, seq } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    const { message: unseen } = await acceptMessage(it.kernel, {
      conversationId,
      customer: { id: 'cust_1001' },
      message: { text: 'and another thing', masked: false },
    })
    await replyAsPerson(it.kernel, { conversationId, agent: mia, message: { text: 'done' }, lastSeenSeq: seq })
    expect(await statusOf(conversationId, unseen.id)).toBe('handed_off')
    const { floor } = await row(conversationId)
    const back = await handBack(it.kernel, { conversationId, actor: mia, note: 'was about a lamp' })
    expect(back.outcome).toMatchObject({ floor: floor + 1, conversation: { controlled_by: 'ai', status: 'open' } })
    expect(await statusOf(conversationId, unseen.id)).toBe('accepted')
    expect(await statusOf(conversationId, messageId)).toBe('answered')
    const after = await row(conversationId)
    expect(after.hand_back_note).toBe('was about a lamp')
    expect(after.wake_at?.getTime()).toBeLessThanOrEqual(Date.now())
    expect(await refusalOf(handBack(it.kernel, { conversationId, actor: mia }))).toBe('not_yours')
  })

  test('a reply to named messages answers those, and naming an unknown one is refused', async () => {
    const { handoffId, conversationId, messageId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    const named = (inReplyTo: string[]) =>
      replyAsPerson(it.kernel, { conversationId, agent: mia, message: { text: 'x' }, inReplyTo })
    expect(await refusalOf(named([messageId, 'nothing']))).toBe('invalid_request')
    expect((await named([messageId])).outcome.message.in_reply_to).toEqual([messageId])
  })

  test('an operator hands back what anybody claimed, once for each id (rule 4)', async () => {
    const { handoffId, conversationId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    const byOperator = () => handBack(it.kernel, { conversationId, actor: operator, commandId: 'run-1/1' })
    const first = await byOperator()
    await takeOver(it.kernel, { conversationId, agent: mia, command: { actor: operator, id: 'run-1/2' } })
    expect(await byOperator()).toEqual({ ...first, repeated: true })
    expect((await row(conversationId)).controlled_by).toBe('human')
  })

  test('a command with an id returns its first outcome, and its id belongs to that request alone (rule 4)', async () => {
    const { handoffId } = await offered()
    const claim = { handoffId, agent: mia, commandId: 'claim-1' }
    const first = await claimHandoff(it.kernel, claim)
    await releaseHandoff(it.kernel, { handoffId, agent: mia, commandId: 'release-1' })
    expect(await claimHandoff(it.kernel, claim)).toEqual({ outcome: first.outcome, repeated: true })
    expect(await refusalOf(releaseHandoff(it.kernel, claim))).toBe('idempotency_conflict')
    const other = await offered()
    expect(await refusalOf(claimHandoff(it.kernel, { ...claim, handoffId: other.handoffId }))).toBe(
      'idempotency_conflict',
    )
    expect((await claimHandoff(it.kernel, { ...claim, agent: noah })).repeated).toBe(false)
  })

  test('the same command fifty times at once is carried out once (P2)', async () => {
    const { conversationId } = await start()
    const note = { conversationId, agent: mia, text: 'call back', commandId: 'note-50' }
    const carried = await Promise.all(Array.from({ length: 50 }, () => addNote(it.kernel, note)))
    expect(carried.filter(({ repeated }) => !repeated)).toHaveLength(1)
    const { data } = await transcript(it.kernel, conversationId, { limit: 100, notes: true })
    expect(data.filter(({ role }) => role === 'note')).toHaveLength(1)
    expect((await transcript(it.kernel, conversationId, { limit: 100, notes: false })).data).toHaveLength(1)
  })

  test('reply and hand-back at the same moment: the customer is answered by exactly one of them (rule 5)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { handoffId, conversationId, messageId } = await offered()
      await claimHandoff(it.kernel, { handoffId, agent: mia })
      const [reply] = await Promise.allSettled([
        replyAsPerson(it.kernel, { conversationId, agent: mia, message: { text: 'here' } }),
        handBack(it.kernel, { conversationId, actor: mia }),
      ])
      const status = await statusOf(conversationId, messageId)
      expect(status).toBe(reply?.status === 'fulfilled' ? 'answered' : 'accepted')
      expect((await row(conversationId)).controlled_by).toBe('ai')
    }
  })

  test('a message and a close at the same moment never leave a message in a closed conversation (rule 7)', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { conversationId } = await start()
      await it.kernel.db
        .updateTable('messages')
        .set({ status: 'answered' })
        .where('conversation_id', '=', conversationId)
        .execute()
      await Promise.all([
        closeByCommand(it.kernel, { conversationId, actor: mia }),
        acceptMessage(it.kernel, {
          conversationId,
          customer: { id: 'cust_1001' },
          message: { text: 'wait', masked: false },
        }),
      ])
      const after = await row(conversationId)
      expect(after.status).toBe('open')
      expect(after.wake_at).not.toBeNull()
    }
  })

  test('a claim of a handoff that is over is a conflict', async () => {
    const { handoffId, conversationId } = await offered()
    await claimHandoff(it.kernel, { handoffId, agent: mia })
    await handBack(it.kernel, { conversationId, actor: mia })
    expect(await refusalOf(claimHandoff(it.kernel, { handoffId, agent: noah }))).toBe('conflict')
    expect(await refusalOf(claimHandoff(it.kernel, { handoffId: 'hand_none', agent: noah }))).toBe('not_found')
  })

  test('a handed-off message shows the acknowledgement until a person answers (C8)', async () => {
    const { conversationId, messageId } = await offered()
    const { message: later } = await acceptMessage(it.kernel, {
      conversationId,
      customer: { id: 'cust_1001' },
      message: { text: 'hello?', masked: true },
    })
    for (const id of [messageId, later.id]) {
      expect(await messageProgress(it.kernel, conversationId, id)).toMatchObject({
        status: 'handed_off',
        reply: { role: 'system', text: 'text: handoff_nobody_online' },
      })
    }
  })

  test('a person rules once on an unknown outcome, and the ruling is audited and told (rule 10, T8)', async () => {
    const { conversationId } = await offered()
    const { data: before } = await listEffects(it.kernel, { state: 'intended' }, { limit: 100 })
    const effect = before.find((one) => one.conversation_id === conversationId)
    const effectId = effect?.id ?? ''
    const rule = { effectId, person: mia, outcome: 'happened', note: 'seen in the shop' } as const
    expect(await refusalOf(ruleOnEffect(it.kernel, rule))).toBe('conflict')
    await it.kernel.db.updateTable('effects').set({ state: 'unknown' }).where('id', '=', effectId).execute()
    expect((await ruleOnEffect(it.kernel, rule)).outcome.state).toBe('settled')
    expect(await refusalOf(ruleOnEffect(it.kernel, rule))).toBe('conflict')
    const { data } = await listAudit(it.kernel, { conversationId, actor: mia.id }, { limit: 10 })
    expect(data[0]).toMatchObject({ action: 'effect.ruled', subject: effectId, detail: { outcome: 'happened' } })
    // Colleagues who look at it hear of it; a customer does not.
    const told = it.kernel.db.selectFrom('events').select(['audience', 'data']).where('type', '=', 'effect-ruled')
    expect(await told.where('conversation_id', '=', conversationId).execute()).toEqual([
      { audience: 'agents', data: { effect_id: effectId, outcome: 'happened', by: { id: mia.id, name: mia.name } } },
    ])
  })

  test('handoffs come most urgent first, then oldest, page by page (H2)', async () => {
    const urgent = await start()
    await escalate(it.kernel, { conversationId: urgent.conversationId, reason: 'safety' })
    await offered()
    const seen: { priority: string; offered_at: string }[] = []
    let cursor: string | undefined
    do {
      const page = await listHandoffs(it.kernel, { state: 'offered' }, { limit: 1, cursor })
      seen.push(...page.data)
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(seen[0]?.priority).toBe('urgent')
    expect(seen.length).toBeGreaterThan(2)
    const rank = { urgent: '0', high: '1', normal: '2', low: '3' } as Record<string, string>
    const keys = seen.map((handoff) => `${rank[handoff.priority]}${handoff.offered_at}`)
    expect(keys).toEqual(keys.toSorted())
  })
})
