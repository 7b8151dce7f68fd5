import { expect, test } from 'vitest'
import { initials } from '../../../web/shared/initials.ts'
import { cost, money } from '../../../web/shared/money.ts'
import { claimsOf, textClaim } from '../../../web/shared/token-claims.ts'
import { duration } from '../../../web/shared/times.ts'

test('money is made from integer cents', () => {
  expect([money(124_900, 'USD'), money(7, 'USD'), money(500, 'EUR')]).toEqual(['$1,249.00', '$0.07', '€5.00'])
  expect([cost('0.031240'), cost('12.5'), cost('0')]).toEqual(['$0.031', '$12.50', '$0.000'])
})

test.each([
  ['Ben Ortiz', 'BO'],
  ['Mia', 'M'],
  ['Tomás de la Vega', 'TV'],
  ['cust_1002', 'C'],
  ['<script>', '?'],
  ['', '?'],
])('the initials of "%s" are %s', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

test('a duration is told in the unit that says something', () => {
  expect([0, 2_400, 90_000, 7_200_000, 3 * 86_400_000].map(duration)).toEqual(['0 s', '2 s', '2 min', '2 h', '3 days'])
})

test('claims are read from a token, and what is no token has none', () => {
  const token = `x.${Buffer.from(JSON.stringify({ name: 'Mia Ünal', sub: 'agent_mia' })).toString('base64url')}.y`
  expect(claimsOf(token)).toEqual({ name: 'Mia Ünal', sub: 'agent_mia' })
  expect(textClaim('name', 'opaque', token)).toBe('Mia Ünal')
  for (const none of [undefined, '', 'opaque', 'a.b.c', 'a.bnVsbA.c']) expect(claimsOf(none)).toBeUndefined()
})
