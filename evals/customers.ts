// Who sends the rows. The four named people (cust_1001 to cust_1004) are left out: their seeded troubles would be met again and again.
const FIRST = 1005
const LAST = 2000
/** How many customers there are to spread over. */
export const CUSTOMERS = LAST - FIRST + 1

/** The customer of the n-th try (0 is the first); `from` shifts the start, so that two runs meet other customers first. */
export function customerOf(n: number, from = 0): string {
  return `cust_${FIRST + ((((n + from) % CUSTOMERS) + CUSTOMERS) % CUSTOMERS)}`
}
