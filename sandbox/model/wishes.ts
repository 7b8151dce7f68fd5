// What a customer wants, read from general English. One wish per clause; a clause without a wish belongs to the one before.
import { namedOrders } from './order-number.ts'
import { contentWords } from './words.ts'

/** Kinds of wishes, each with the tool that serves it (see tool-roles.ts). */
export type WishKind =
  | 'order_status'
  | 'list_orders'
  | 'cancel'
  | 'modify'
  | 'refund'
  | 'credit'
  | 'password'
  | 'billing'
  | 'payment_method'
  | 'profile'
  | 'knowledge'
  | 'person'

/** One wish with the words it was said in, and the orders these words name. */
export interface Wish {
  kind: WishKind
  text: string
  orders: string[]
  /** The order the words point at without its number: asked about before anything is written. */
  meant?: string
  /** What to search for, when the words alone would not do. */
  search?: string
  /** What was told before did not help: something else is wanted. */
  again?: true
}

const product =
  /\b(headphones?|earbuds?|speakers?|soundbar|tv|television|laptop|monitor|router|extender|thermostat|doorbell|bulbs?|vacuum|purifier|smart ?watch|watch|tablet|e-?reader|camera|webcam|printer|charger|power bank|lamp|espresso|kettle|device|bluetooth|wi-?fi|firmware|app|screen|battery|remote|hdmi)\b/
const policy =
  /\b(warrant(y|ies)|guarantee|opening hours|(business|store|working|support) hours|what hours|return (policy|window|period)|returns?\b.*\b(policy|days|long|how|can)|how (do|can|to)\b.*\breturn|repair\w*|exchange|manual|payment (options|methods) (do|are|can)|(accept|pay with|pay by)|ship(ping)? (cost|fee|option|time|method|policy|abroad|international)\w*|deliver(y)? (cost|fee|option|time|method|period)s?|(do|can) (you|i) .*\b(ship|deliver|order) (to|from|in)\b|how long .*(deliver|shipping)|gift card|price match|recycl\w*|store location|(refund|cancellation) policy|policy)\b/
const trouble =
  /\b(not working|(doesn|don|didn|isn|won|can)'?t (work|connect|turn|start|charge|load|respond|pair)|stopped working|broken|crash\w*|freez\w*|frozen|pair(ing)?|(un)?sync(ed|ing)?|factory (settings|reset|defaults?)|set (it|this|up)|setup|install\w*|troubleshoot\w*|connect|disconnect\w*|reset|update)\b/
const orderWord = /\b(orders?|purchases?|parcels?|packages?|shipments?|deliver(y|ies|ed)?|items?)\b/

const rules: [kind: WishKind, test: (text: string) => boolean][] = [
  ['person', (text) => asksForPerson(text)],
  [
    'password',
    (text) =>
      /\b(pass ?words?|passcode|access key|reset (mail|e-?mail|link)|reset my pin)\b/.test(text) &&
      !/\bwi-?fi\b/.test(text),
  ],
  [
    'payment_method',
    (text) =>
      /\b(pay|use|charge)\b.{0,15}\b(another|different|new|other) card\b/.test(text) ||
      /\b(change|update|replace|add|new|another|different|expired?)\b.*\b(payment (method|card|details)|credit card|debit card|my card)\b|\bcard (has )?expired\b/.test(
        text,
      ),
  ],
  [
    'cancel',
    (text) =>
      /\bcancel(l?ed|l?ing|lation)?\b/.test(text) &&
      !/^\W*(is|was|has|have|did|are|were|and is|so is)\b.*\bcancell?ed\b/.test(text) &&
      !/\b(policy|fee|penalt\w*|subscription|account|membership|did i|was it|why was|been cancel)\b/.test(text),
  ],
  [
    'refund',
    (text) =>
      /\b(refund(ed)?|money back|reimburse\w*|compensat\w*)\b/.test(text) &&
      !/\bpolicy|how long|how (do|much)|^\W*(and |so )?(will|when|how|do|does|what|can)\b|\b(am i able|(can|could|may) i|is it possible|eligible|(in )?(what|which) (cases?|situations?|circumstances|conditions?))\b/.test(
        text,
      ),
  ],
  [
    'credit',
    (text) =>
      /\b(goodwill|store credit|credit(ed)? (of|for|on)\b|(give|get|have|want|like|need) (me )?(an? )?[^.?]{0,20}\bcredit)\b/.test(
        text,
      ) && !/\bcredit card\b/.test(text),
  ],
  ['modify', (text) => asksForChange(text)],
  [
    'knowledge',
    (text) =>
      policy.test(text) ||
      /\b(how much|what does|cost|price|fees?)\b.*\b(shipping|delivery|express|repair)\b|\b(card|payment)\b.{0,20}\b(declined|rejected|failed)\b|\b(change|update|edit|correct)\b.*\bmy (e-?mail|name|phone|birthday)\b|\b(refund(s|ed)?|reimburse\w*|compensat\w*)\b|\bmoney back\b|\b(unlock|return label)\b|\b(change|update|new|edit)\b.*\bmy (postal |home )?address\b|\breturn(ing)?\b.*\b(it|my|the|an?|this)\b|\b(delete|close|remove|terminate)\b.*\b(account|profile|membership)\b/.test(
        text,
      ),
  ],
  [
    'billing',
    (text) =>
      /\b(invoices?|bill(s|ing)?|balance|i (still )?owe\b(?! you one)|overdue|charge[ds]?|payment history|(my|account|bank|billing) statement)\b/.test(
        text,
      ),
  ],
  ['order_status', (text) => namedOrders(text).length > 0 && !/\bticket\b/.test(text)],
  [
    'list_orders',
    (text) =>
      /\b(all|list|show|recent|previous|past|what|which|any|how many|history)\b.*\borders\b|\border history\b|\bmy orders\b|\bwhat (did|have) i order/.test(
        text,
      ),
  ],
  ['order_status', (text) => asksForStatus(text)],
  [
    'profile',
    (text) =>
      /\b(my (account|profile|details|tier|plan|membership|data|information|info)|who am i|log ?in|sign(ing)? ?in|(is|am|was|got|are) .*\b(locked|blocked)|account (is )?(locked|blocked)|locked out|(e-?mail|phone|address) (do you have|on file)|which tier|what tier|(can'?t|cannot|unable to) (log|sign) ?in)\b/.test(
        text,
      ),
  ],
  [
    'knowledge',
    (text) => trouble.test(text) && (product.test(text) || /\b(it|this|my phone|phone|computer|factory)\b/.test(text)),
  ],
  [
    'knowledge',
    (text) => product.test(text) && /\b(how|why|what|can|does|do|is|help|problem|issue|which)\b/.test(text),
  ],
  ['order_status', (text) => /\bmy (orders?|purchases?|parcels?|packages?|shipments?|delivery)\b/.test(text)],
]

const askingHow =
  /\b(how (do|does|can|could|would|should|to)|((do|did)(n'?t| not)|not) know (how|what|if|whether)|what (do|must|should|can|would) i (have to )?do|is it possible|(can|could|may) i|am i able|want to know|(can'?t|cannot|could ?n'?t|unable to|not able to) (cancel|change|modify|update|reset))\b/i
const agreement = /^\W*(yes|yeah|yep|sure|ok(ay)?|please( do)?|do it|go ahead|correct|right|exactly)\b/i

/** True when the words ask how something is done, or whether it can be, and nobody has agreed to it since: no wish for a write. */
export function onlyAsksHow(text: string): boolean {
  const newest = text.split(/\.\s+|\n/).at(-1) ?? ''
  return askingHow.test(text.replaceAll('’', "'")) && !agreement.test(newest)
}

/** True when a device is named and nothing is said about it. */
export function namesOnlyDevice(text: string): boolean {
  const plain = text.toLowerCase().replaceAll('’', "'")
  if (!product.test(plain)) return false
  const rest = contentWords(plain.replaceAll(new RegExp(product, 'g'), ' ')).filter(
    (word) =>
      !/^(it|its|problems?|issues?|questions?|trouble|help|wrong|something|smart|new|im|ive|support|having)$/.test(
        word,
      ),
  )
  return rest.length === 0
}

/** The wishes of a text in the order they were said, each kind once. */
export function findWishes(text: string): Wish[] {
  const wishes: Wish[] = []
  let lead = ''
  for (const clause of clausesOf(text)) {
    const kind = rules.find(([, test]) => test(clause.toLowerCase().replaceAll('’', "'")))?.[0]
    const last = wishes.at(-1)
    const same = wishes.find((wish) => wish.kind === kind)
    if (kind === undefined && !last) lead += `${clause}. `
    else if (same ?? (kind === undefined ? last : undefined)) extend(same ?? last, clause)
    else if (kind !== undefined) wishes.push({ kind, text: clause, orders: namedOrders(clause) })
  }
  const [first] = wishes
  if (first && lead !== '') {
    first.text = lead + first.text
    if (first.orders.length === 0) first.orders = namedOrders(lead)
  }
  return settle(wishes)
}

function extend(wish: Wish | undefined, clause: string): void {
  if (!wish) return
  wish.text += `. ${clause}`
  wish.orders = [...new Set([...wish.orders, ...namedOrders(clause)])]
}

/** "Cancel 12346 and give me my money back" is one wish, and so is a status asked along with a change of the same order. */
function settle(wishes: Wish[]): Wish[] {
  const has = (kind: WishKind): boolean => wishes.some((wish) => wish.kind === kind)
  if (has('person')) return wishes.filter((wish) => wish.kind === 'person')
  const change = wishes.find((wish) => wish.kind === 'cancel' || wish.kind === 'modify')
  return wishes.filter((wish) => {
    if (change && wish.kind === 'refund') return false
    if (change && wish.kind === 'order_status') {
      if (change.orders.length === 0) change.orders = wish.orders
      return wish.orders.some((order) => !change.orders.includes(order))
    }
    return !(wish.kind === 'order_status' && wish.orders.length === 0 && has('list_orders'))
  })
}

function clausesOf(text: string): string[] {
  return text
    .split(
      /\n+|(?<=[.!?;])\s+|,?\s+(?:and also|and then|also)\s+|,?\s+and\s+(?=(?:where|when|what|how|can|could|please|is|are|do|does|reset|cancel|show|change|track|i)\b)/i,
    )
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
}

function asksForPerson(text: string): boolean {
  if (
    /^(so )?(are|r) (you|u)\b|\b(if|whether) you('re| are)\b|\b(human|person|ai|bot|robot|computer)\b.{0,20}\bor\b.{0,20}\b(human|person|ai|bot|robot|computer|machine)\b/.test(
      text,
    )
  )
    return false
  return (
    /\b(speak|talk|chat|talking|speaking|chatting|connect|transfer|put|reach|contact|get|want|need|give)\b.*\b(human|real person|person|agent|someone|somebody|representative|operator|manager|supervisor)\b/.test(
      text,
    ) ||
    /\b(unacceptable|outrageous|furious|fed up|sick of this|sue you|lawyer)\b/.test(text) ||
    /\b(live|human|real) (agent|person|operator|support)\b|^(human|agent|operator|representative|person)\b.{0,12}$/.test(
      text,
    ) ||
    /\b((speak|talk|chat)\w* (to|with) (customer )?(service|support|assist\w*))\b/.test(text) ||
    /\b(contact|reach|call|get in touch with|get hold of)\b.*\b(someone|somebody|assistant|(customer )?(service|support|assistance|care))\b/.test(
      text,
    ) ||
    /\b(mak|fil|lodg|submitt?)(e|ing)?\b.*\b(complaint|claim|reclamation)\b|\bi want to complain\b/.test(text)
  )
}

function asksForChange(text: string): boolean {
  if (/\bpassword|e-?mail address|account|profile|my (postal |home )?address\b/.test(text) && !orderWord.test(text))
    return false
  return (
    /\b(change|modify|update|edit|correct|alter|amend|fix|swap)\b.*\b(address|quantity|orders?|purchase|items?|units?)\b/.test(
      text,
    ) ||
    /\b(wrong|different|another|new) (delivery |shipping )?address\b|\b(send|ship|deliver) (it|them|the order|my order|order \d+) to\b/.test(
      text,
    ) ||
    /\bmake (it|that) (\d{1,2}|one|two|three|four|five)\b|\b(add|remove|take)\b.*\b(to|from|off) (my |the |that )?(order|purchase)\b|\binstead of\b.*\border|\bquantity\b/.test(
      text,
    )
  )
}

function asksForStatus(text: string): boolean {
  if (
    /\b(track(ing)?( number| my| the| it)?|where('?s| is| are)\b.*\b(order|package|parcel|shipment|purchase|delivery|item|it|card|stuff|my)|(order|delivery|shipping|purchase) status|status of)\b/.test(
      text,
    )
  ) {
    return /\b(my|the|order|package|parcel|shipment|purchase|delivery|it|status|track\w*)\b/.test(text)
  }
  return (
    (/\b(when|how soon|will|did|has|have|hasn'?t|not)\b.*\b(arriv\w*|deliver\w*|come|ship(ped)?|received)\b/.test(
      text,
    ) &&
      (orderWord.test(text) || /\b(it|they|my)\b/.test(text))) ||
    (/\b(late|delayed|missing|lost)\b/.test(text) && orderWord.test(text))
  )
}
