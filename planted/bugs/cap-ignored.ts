import { definePlant } from '../types.ts'

export const capIgnored = definePlant({
  name: 'cap-ignored',
  about: 'A text of any length is accepted (P8).',
  provokedBy: 'customers who send more than 5,000 code points; no fault',
  file: 'src/guardrails/text-input.ts',
  find: "if (longerThan(text, LONGEST_TEXT)) problems.push('too_long')",
  replace: "if (longerThan(text, 1000 * LONGEST_TEXT)) problems.push('too_long')",
})
