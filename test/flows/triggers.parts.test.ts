// H1: what brings a person in, seen from outside: the customer reads one acknowledgement, never a promise of the model.
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { claimHandoff } from '../../src/kernel/claim-handoff.ts'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { type Loopback, startLoopback } from '../support/loopback.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`
type Told = { type: string; data: { conversation_id: string; step?: string } }
const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const
const handoffOf = (desk: Everdesk, id: string) =>
  desk.db.selectFrom('handoffs').selectAll().where('conversation_id', '=', id).executeTakeFirstOrThrow()

describe('the shop’s own rules', () => {
  let desk: Everdesk
  beforeAll(async () => {
    desk = await startEverdesk()
  })
  afterAll(() => desk?.close())

  test.each([
    [
      'I smell gas near my new heater',
      'safety',
      'urgent',
      /^If anybody is in danger, .* (person|one) answers here by /,
    ],
    ['Es riecht nach verbranntem Plastik', 'safety', 'urgent', /^If anybody is in danger/],
    ['Je voudrais parler à un conseiller', 'person_requested', 'normal', /(person|one) answers here by/],
    ['Bu tam bir rezalet', 'anger', 'high', /answers here by/],
  ])('"%s": a person, with the reason recorded', async (text, reason, priority, said) => {
    const { conversationId } = await desk.start(text)
    const messages = await desk.settled(conversationId)
    expect(messages.map(({ role }) => role)).toEqual(['customer', 'system'])
    expect(messages[1]?.text).toMatch(said)
    expect(await handoffOf(desk, conversationId)).toMatchObject({ reason, priority, state: 'offered' })
  })
})

describe('a model that announces a person', () => {
  let model: ScriptedModel
  let desk: Everdesk
  let pager: Loopback
  beforeAll(async () => {
    model = await startScriptedModel()
    const { DEFAULT_POLICY } = await import('../../src/domain/policy.ts')
    const second = { low: 1000, normal: 1000, high: 1000, urgent: 1000 }
    const people = { ...DEFAULT_POLICY.people, claim: second, firstWord: second }
    pager = await startLoopback((_, response) => response.writeHead(204).end())
    const notify = { url: pager.url, secret: SECRET }
    desk = await startEverdesk({ desk: 'test/support/desks/rehearsal.ts', model, policy: { people }, notify })
  })
  afterAll(async () => {
    await desk?.close()
    await pager?.close()
    await model?.close()
  })
  afterEach(() => model.reset())

  test.each([
    'I will transfer you to a colleague now.',
    'Good news. A specialist will take over in a minute.',
    'Ein Kollege meldet sich gleich bei Ihnen.',
    'Un agente se pondrá en contacto con usted.',
    'Konsultant skontaktuje się z Panem.',
  ])('"%s": the text never appears, and the transfer is made', async (text) => {
    model.answers({ text })
    const { conversationId } = await desk.start('[order] hello')
    const messages = await desk.settled(conversationId)
    expect(messages.map(({ role }) => role)).toEqual(['customer', 'system'])
    expect(await handoffOf(desk, conversationId)).toMatchObject({ reason: 'person_requested' })
  })

  test('H4: the run itself wakes for a person who claimed and says nothing: reminded, taken back, offered to everybody', async () => {
    const { conversationId } = await desk.start('[person] please')
    await desk.settled(conversationId)
    await claimHandoff(desk.kernel, { handoffId: (await handoffOf(desk, conversationId)).id, agent: mia })
    const again = await desk.until(async () => {
      const handoff = await handoffOf(desk, conversationId)
      return handoff.state === 'offered' && handoff.offers > 1 ? handoff : null
    }, 'the claim is taken back')
    expect(again).toMatchObject({ claimed_by: null })
    const messages = await desk.settled(conversationId)
    expect(messages.some(({ role, text }) => role === 'system' && /did not get to it, and I am sorry/.test(text))).toBe(
      true,
    )
    expect(messages.filter(({ role }) => role === 'ai')).toEqual([])
  })

  test('H4: a running worker tells whoever is on call, signed: the offer, then each missed deadline', async () => {
    const { conversationId } = await desk.start('[person] please')
    const steps = await desk.until(async () => {
      const told = pager.requests.map(({ body, headers }) => {
        const { type, data } = new Webhook(SECRET).verify(body, headers as Record<string, string>) as Told
        return data.conversation_id === conversationId ? [`${type} ${data.step ?? ''}`.trim()] : []
      })
      return told.flat().includes('handoff.missed page') ? told.flat() : null
    }, 'whoever is on call is paged')
    expect(new Set(steps)).toEqual(new Set(['handoff.offered', 'handoff.offered offer_again', 'handoff.missed page']))
  })
})
