import { z } from 'zod'

/** An order number as customers write it: digits, nothing else. */
export const orderNumber = z
  .string()
  .regex(/^\d{4,20}$/)
  .describe('The order number, digits only, such as 12345. Never guess it.')
