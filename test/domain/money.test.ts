import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMoney } from '../../src/domain/money.ts'

test('S3: costs add up exactly, with nine decimals, as the store writes them', () => {
  expect(addMoney('0.000000000', '0.000545000')).toBe('0.000545000')
  expect(addMoney('0.1', '0.2')).toBe('0.300000000')
  expect(addMoney('0', '0')).toBe('0.000000000')
  expect(addMoney('0.999999999', '0.000000001')).toBe('1.000000000')
  expect(addMoney('12345678901.000000001', '1')).toBe('12345678902.000000001')
})

test('S3: a bill of ten thousand calls is off by nothing', () => {
  const call = fc.integer({ min: 0, max: 2_000_000_000 })
  fc.assert(
    fc.property(fc.array(call, { maxLength: 100 }), (billionths) => {
      const bill = billionths.map((each) => (each / 1e9).toFixed(9)).reduce(addMoney, '0')
      const exact = billionths.reduce((sum, each) => sum + BigInt(each), 0n)
      expect(BigInt(bill.replace('.', ''))).toBe(exact)
    }),
  )
})
