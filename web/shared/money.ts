// Money as people read it. Amounts are integer cents; costs of models are decimal dollars as text.

/** `124900`, `USD` -> `$1,249.00` */
export function money(cents: number, currency: string): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(cents / 100)
}

/** `0.031240` -> `$0.031`: a cost, with the digits that say something. */
export function cost(dollars: string | number): string {
  const value = Number(dollars)
  const digits = value >= 1 ? 2 : 3
  return `$${value.toFixed(digits)}`
}
