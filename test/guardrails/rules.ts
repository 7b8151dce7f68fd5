import type { OutputRules } from '../../src/guardrails/output.ts'

/** A desk's rules as tests use them: cancelling and refunding can be claimed, nothing is settled. */
export const RULES: OutputRules = {
  claims: [
    { tool: 'cancel_order', pattern: /\b(?:i(?:'ve| have)?|was|is now|has been) (?:\w+ )?cancell?ed\b/gi },
    { tool: 'refund_order', pattern: /\bi(?:'ve| have)? refunded\b/i },
  ],
  settled: new Set(),
  linkHosts: ['shop.example', '127.0.0.1:4000'],
}
