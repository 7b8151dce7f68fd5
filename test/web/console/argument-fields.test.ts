// Arguments of a write as fields that a person edits: money stays integer cents, and what has no field stays as it is [H3].
import { expect, test } from 'vitest'
import { argumentsOf, changedArguments, fieldsOf } from '../../../web/console/approval/argument-fields.ts'

const GIVEN = { amount_cents: 124_900, currency: 'USD', order: '22345', whole: true, lines: [{ sku: 'tv' }] }

test('nothing typed gives back exactly what was given', () => {
  expect(argumentsOf(GIVEN, fieldsOf(GIVEN))).toEqual(GIVEN)
  expect(changedArguments(GIVEN, argumentsOf(GIVEN, fieldsOf(GIVEN)) ?? {})).toEqual([])
})

test('money is edited as an amount', () => {
  const fields = fieldsOf(GIVEN)
  expect(fields[0]).toEqual({ name: 'amount_cents', label: 'amount', kind: 'money', value: '1249.00' })
  const typed = (value: string) => argumentsOf(GIVEN, [{ ...fields[0], value } as (typeof fields)[number]])
  expect(typed('49.9')).toMatchObject({ amount_cents: 4990, order: '22345' })
  expect(typed('0.07')).toMatchObject({ amount_cents: 7 })
  for (const wrong of ['', '-1', '1,000.00', '1e3', '49.999', 'ten']) expect(typed(wrong)).toBeUndefined()
})

test('what differs is named', () => {
  expect(changedArguments(GIVEN, { ...GIVEN, amount_cents: 1, note: 'x' })).toEqual(['amount_cents', 'note'])
})
