// General-English keyword scoring: which family of questions a text belongs to.

/** Families of questions. */
export type Family = 'order' | 'account' | 'tech_support' | 'escalation' | 'none'

const evidence: [family: Family, weight: number, pattern: RegExp][] = [
  ['order', 3, /\b(orders?|purchases?|parcels?|packages?|shipments?|deliver(y|ies|ed)?|courier)\b/],
  ['order', 2, /\b(track(ing)?|shipp?(ing|ed|s)?|arriv(e|es|ed|al|ing)|eta|dispatch(ed)?|in the mail)\b/],
  [
    'order',
    3,
    /\b((goodwill|store) credits?|credit of|refund(s|ed)?|reimburse\w*|restitution|compensation|money back|return(s|ing)? (it|an?|the|my)|exchange)\b/,
  ],
  ['order', 2, /\b(cancel(l?ed|l?ing|lation)?|bought|buy|wrong (item|size|colou?r)|late|delayed)\b/],
  [
    'order',
    2,
    /\b(where is my|where's my|has ?n[o']t (come|arrived)|early (exit|termination)|withdrawal (fee|penalt)\w*)\b/,
  ],
  [
    'account',
    3,
    /\b(accounts?|profile|user ?name|log(ging)? ?in|sign(ing)? ?(in|up)|registr?ation|register|membership)\b/,
  ],
  ['account', 4, /\b(pass ?words?|passcode|pin( code| number)?|access key|verify|identity|verification)\b/],
  ['account', 3, /\b(bill(s|ing)?|invoices?|balance|payments?|charge[ds]?|fees?|subscri\w+|newsletter|statement)\b/],
  [
    'account',
    2,
    /\b(personal (data|details|info\w*)|my (details|data|e-?mail|phone number|name)|locked|blocked|hold on|tier|credit card|debit card)\b/,
  ],
  [
    'tech_support',
    4,
    /\b(not working|(does|do|did|is|wo|ca)n'?t (work|connect|turn|start|charge|load|respond)|(stopped|no longer|never|not) (works?|working)|(get|getting)\b.* to work|(not|never) go(es|ing)? through|defect\w*|malfunction\w*|crash\w*|freez\w*|frozen)\b/,
  ],
  [
    'tech_support',
    3,
    /\b(bluetooth|wi-?fi|firmware|pair(ing)?|(un)?sync(ed|ing)?|factory (settings|reset|defaults?)|set ?up|install\w*|troubleshoot\w*|manual|(connect|link)(ing|ed)? (to|my|the|from|with)|disconnect\w*)\b/,
  ],
  [
    'tech_support',
    3,
    /\b(headphones?|earbuds?|speakers?|soundbar|tv|television|laptop|monitor|router|thermostat|doorbell|vacuum|smart ?watch|tablet|camera|printer|charger|device|screen|battery|app|error|settings)\b/,
  ],
  ['tech_support', 3, /\b(warranty|opening hours|repair|contactless)\b/],
  [
    'escalation',
    5,
    /\b((speak|talk|chat|talking|speaking|connect me|put me through|transfer me)\b.*\b(human|person|people|agent|someone|somebody|representative|operator|manager|supervisor|assist\w*|service|support|staff))\b/,
  ],
  [
    'escalation',
    5,
    /\b((real|live|actual|human) (human|person|agent|operator|being|support|assist\w*)|representative|human agent|an? (agent|operator|human))\b/,
  ],
  [
    'escalation',
    4,
    /\b(complain(t|ts|ing)?|reclamation|(make|file|lodge|filing|lodging|open)\w* (an? )?(\w+ )?claim|customer (service|support|assistance|care)|supervisor|manager|lawyer|sue)\b/,
  ],
  [
    'account',
    3,
    /\b((i|we) (still )?owe\b(?! you (one|an?\b))|(pay|use|charge)\b.{0,12}\b(another|different|new|other) (credit |debit |bank )?card|(update|change|replace) my card|who am i|reset (mail|e-?mail|link)|unlock (it|my account|the account))\b/,
  ],
  ['account', 2, /\b(stolen|lost (my )?(phone|card)|(change|update|edit|modify|correct) my (address|name|e-?mail))\b/],
  [
    'order',
    2,
    /\b((shipping|delivery) address|(where|when|how long)\b.*\b(come|arrive|get|receive)|products?|items?)\b/,
  ],
  [
    'escalation',
    4,
    /\b((contact|reach|get in touch with|call|get hold of)\b.*\b(someone|somebody|assistant|agent|support|person|human|staff))\b/,
  ],
  ['escalation', 3, /\b(unacceptable|ridiculous|furious|outrageous|scam|worst|fed up|useless|damn)\b/],
  [
    'none',
    6,
    /\b(human|person|ai|bot|robot|computer)\b.{0,20}\bor\b.{0,20}\b(human|person|ai|bot|robot|computer|machine)\b/,
  ],
  ['none', 6, /^(are|r) (you|u) .*\b(bot|robot|human|person|ai|real|alive|computer|machine)\b/],
  [
    'none',
    4,
    /^(hi|hey|hello|good (morning|afternoon|evening)|thanks?|thank you|bye|goodbye|great|cool)\b.{0,25}$|^((ok(ay)?|yes|no|maybe|sure|please|then|thanks?|thank you|all right)\b[\s,.!?]*)+$/,
  ],
]

/** The score of each family, 0 when nothing speaks for it. */
export function scoreFamilies(text: string): Map<Family, number> {
  const plain = text.toLowerCase().replaceAll('’', "'").trim()
  const scores = new Map<Family, number>()
  for (const [family, weight, pattern] of evidence) {
    if (pattern.test(plain)) scores.set(family, (scores.get(family) ?? 0) + weight)
  }
  // "Are you a person?" asks what it talks to; it does not ask for a person.
  if ((scores.get('none') ?? 0) >= 6) scores.delete('escalation')
  return scores
}

/** The leading family and how sure that is: little evidence is `none` and unsure, near 1 when one family stands alone. */
export function classify(text: string): { family: Family; confidence: number } {
  const ranked = [...scoreFamilies(text)].sort((a, b) => b[1] - a[1])
  const [first, second] = ranked
  if (!first) return { family: 'none', confidence: text.trim().split(/\s+/).length <= 3 ? 0.5 : 0.6 }
  const lead = first[1] / (first[1] + (second?.[1] ?? 0))
  const strength = Math.min(1, 0.75 + first[1] / 20)
  return { family: first[0], confidence: Math.round(Math.min(0.98, lead * strength + 0.02) * 100) / 100 }
}
