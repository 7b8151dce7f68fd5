import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ApprovalAsJudged, type Decision, type GivenDecision, judgeDecision } from '../../src/domain/approval.ts'
import type { Role } from '../../src/domain/conversation.ts'

const EXPIRES = 1000
const pending: ApprovalAsJudged = {
  state: 'pending',
  digest: 'd',
  needed: { role: 'agent', people: 1 },
  expiresAt: EXPIRES,
  customerId: 'cust_1002',
  decisions: [],
}
const two = { role: 'supervisor', people: 2 } as const
const given = (person: string, role: Role, decision: Decision = 'approve'): GivenDecision => ({
  person,
  role,
  decision,
})
type Attempt = { id?: string; role?: Role; decision?: Decision; digest?: string; now?: number }
const judge = (
  of: Partial<ApprovalAsJudged>,
  { id = 'mia', role = 'agent', decision = 'approve', digest = 'd', now = 0 }: Attempt = {},
) => judgeDecision({ ...pending, ...of }, { id, role }, { decision, digest }, now)
const done = { kind: 'counts', complete: true }
const half = { kind: 'counts', complete: false }

describe('H3: who may decide', () => {
  test.each([
    ['an agent on what needs an agent', {}, {}, done],
    ['a supervisor on what needs an agent', {}, { role: 'supervisor' }, done],
    ['an admin on what needs a supervisor', { needed: { role: 'supervisor', people: 1 } }, { role: 'admin' }, done],
    ['an agent first, where two are needed', { needed: two }, {}, half],
    ['a supervisor first, where two are needed', { needed: two }, { role: 'supervisor' }, half],
    ['a supervisor behind an agent', { needed: two, decisions: [given('leo', 'agent')] }, { role: 'supervisor' }, done],
    ['an agent behind a supervisor', { needed: two, decisions: [given('jo', 'supervisor')] }, {}, done],
    ['one refusal is enough', { needed: two }, { decision: 'refuse' }, done],
    ['an edit of what two must agree to', { needed: two }, { decision: 'edit' }, done],
  ] as const)('%s', (_, of, who, expected) => {
    expect(judge(of, who)).toEqual(expected)
  })

  test.each([
    ['forbidden', 'a customer', {}, { role: 'customer' }],
    ['forbidden', 'a request of one’s own', {}, { id: 'cust_1002', role: 'admin' }],
    ['forbidden', 'too low a role', { needed: { role: 'supervisor', people: 1 } }, {}],
    ['forbidden', 'too low a role, refusing', { needed: { role: 'supervisor', people: 1 } }, { decision: 'refuse' }],
    ['forbidden', 'two agents where one must be a supervisor', { needed: two, decisions: [given('leo', 'agent')] }, {}],
    ['wrong_digest', 'another digest', {}, { digest: 'e' }],
    ['expired', 'the moment it expires', {}, { now: EXPIRES }],
    ['expired', 'an expired one', { state: 'expired' }, {}],
    ['already_decided', 'an approved one', { state: 'approved' }, {}],
    ['already_decided', 'a superseded one', { state: 'superseded' }, {}],
    ['already_decided', 'the same person again', { needed: two, decisions: [given('mia', 'agent')] }, {}],
  ] as const)('%s: %s', (code, _, of, who) => {
    expect(judge(of, who)).toMatchObject({ kind: 'refused', code })
  })
})

test('H3: whatever people try in whatever order, an approval is complete only by enough different people with the role', () => {
  const attempt = fc.record({
    id: fc.constantFrom('mia', 'leo', 'jo', 'cust_1002'),
    role: fc.constantFrom<Role>('customer', 'agent', 'supervisor', 'admin'),
    decision: fc.constantFrom<Decision>('approve', 'refuse'),
    digest: fc.constantFrom('d', 'd', 'd', 'old'),
    now: fc.constantFrom(0, 0, 0, EXPIRES),
  })
  const needed = fc.record({
    role: fc.constantFrom('agent' as const, 'supervisor' as const),
    people: fc.integer({ min: 1, max: 3 }),
  })
  fc.assert(
    fc.property(needed, fc.array(attempt, { maxLength: 12 }), (needs, attempts) => {
      const decisions: GivenDecision[] = []
      let state: ApprovalAsJudged['state'] = 'pending'
      for (const one of attempts) {
        const judged = judge({ needed: needs, decisions, state }, one)
        if (judged.kind === 'refused') continue
        decisions.push(given(one.id, one.role, one.decision))
        if (judged.complete) state = one.decision === 'approve' ? 'approved' : 'refused'
      }
      if (state !== 'approved') return
      const people = new Set(decisions.map(({ person }) => person))
      expect(people.size).toBe(needs.people)
      expect(people.has('cust_1002')).toBe(false)
      const ranks = decisions.map(({ role }) => ['customer', 'agent', 'supervisor', 'admin'].indexOf(role))
      expect(Math.max(...ranks)).toBeGreaterThanOrEqual(needs.role === 'agent' ? 1 : 2)
      expect(Math.min(...ranks)).toBeGreaterThanOrEqual(1)
    }),
  )
})
