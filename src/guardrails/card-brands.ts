// Which digits can be a payment card at all: known first digits, the lengths each brand uses, and the Luhn check digit.

type Brand = { from: number; to: number; lengths: readonly number[] }

const LONG = [16, 17, 18, 19]
// `from` and `to` are the first four digits, inclusive.
const BRANDS: readonly Brand[] = [
  { from: 4000, to: 4999, lengths: [13, 16, 19] }, // Visa
  { from: 5100, to: 5599, lengths: [16] }, // Mastercard
  { from: 2221, to: 2720, lengths: [16] }, // Mastercard
  { from: 2200, to: 2204, lengths: LONG }, // Mir
  { from: 3400, to: 3499, lengths: [15] }, // American Express
  { from: 3700, to: 3799, lengths: [15] }, // American Express
  { from: 3000, to: 3059, lengths: [14] }, // Diners
  { from: 3600, to: 3699, lengths: [14, 16] }, // Diners
  { from: 3800, to: 3999, lengths: [14, 16] }, // Diners
  { from: 3528, to: 3589, lengths: LONG }, // JCB
  { from: 6011, to: 6011, lengths: LONG }, // Discover
  { from: 6440, to: 6599, lengths: LONG }, // Discover
  { from: 6200, to: 6299, lengths: LONG }, // UnionPay
  { from: 8100, to: 8171, lengths: LONG }, // UnionPay
  { from: 6000, to: 6099, lengths: [16] }, // RuPay
  { from: 5018, to: 5018, lengths: [13, 14, 15, ...LONG] }, // Maestro
  { from: 5020, to: 5020, lengths: [13, 14, 15, ...LONG] }, // Maestro
  { from: 5038, to: 5038, lengths: [13, 14, 15, ...LONG] }, // Maestro
  { from: 5893, to: 5893, lengths: [13, 14, 15, ...LONG] }, // Maestro
  { from: 6304, to: 6304, lengths: [13, 14, 15, ...LONG] }, // Maestro
  { from: 6759, to: 6763, lengths: [13, 14, 15, ...LONG] }, // Maestro
]

/** True for digits that a brand could have issued. One random number in ten passes Luhn, so the prefix counts as much. */
export function couldBeCard(digits: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = digits
  const prefix = a * 1000 + b * 100 + c * 10 + d
  return (
    BRANDS.some(({ from, to, lengths }) => prefix >= from && prefix <= to && lengths.includes(digits.length)) &&
    passesLuhn(digits)
  )
}

function passesLuhn(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
