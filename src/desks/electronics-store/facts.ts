// What of a customer's text is remembered past any summary: order numbers and a name they gave. Nothing else personal.
import type { FactPattern } from '../../domain/memory.ts'

export const facts: readonly FactPattern[] = [
  {
    kind: 'order',
    pattern:
      /\b(?:orders?|purchase|bestellung|pedido|commande)\s{0,3}(?:number|no\.?|nr\.?|id)?\s{0,3}[:#]?\s{0,3}(\d{4,20})\b/gi,
  },
  { kind: 'order', pattern: /#\s?(\d{4,20})\b/g },
  // A bare number of five or six digits is how this company's order numbers look; a year or a price does not.
  { kind: 'order', pattern: /(?<![\d.,$€£#-])\b(\d{5,6})\b(?![\d.,-]*\d|\s?(?:dollars|usd|eur|euros?|%))/gi },
  {
    kind: 'name',
    pattern:
      /\b(?:my name is|my name's|i am called|mein name ist|ich hei(?:ß|ss)e)\s+(\p{L}[\p{L}'-]{0,30}(?:\s\p{Lu}[\p{L}'-]{0,30})?)/giu,
  },
]
