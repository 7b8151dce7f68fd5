// Money of model calls, as the store keeps it: US dollars as text with nine decimals, because sums of floats drift.

/** Both as `12.000340000`, with up to nine decimals; so is the sum. Neither may be negative. */
export function addMoney(a: string, b: string): string {
  const sum = (billionths(a) + billionths(b)).toString().padStart(10, '0')
  return `${sum.slice(0, -9)}.${sum.slice(-9)}`
}

function billionths(money: string): bigint {
  const [whole = '0', decimals = ''] = money.split('.')
  return BigInt(whole + decimals.slice(0, 9).padEnd(9, '0'))
}
