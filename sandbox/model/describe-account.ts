import { record } from './request.ts'
import { field, findObjects, textOf } from './results.ts'
import type { Fields } from './results.ts'
import { sayDate, sayList, sayMoney, sentence } from './wording.ts'

/** Balance, overdue invoices and the payment method. */
export function describeBilling(value: unknown): string {
  const [info = {}] = findObjects(
    value,
    (object) => field(object, 'balance', 'balance_cents', 'balance_due', 'invoices') !== undefined,
  )
  const parts: string[] = []
  const balance = sayMoney(info, 'balance', 'balance_due')
  if (balance)
    parts.push(/[1-9]/.test(balance) ? `Your balance is ${balance}.` : 'Your balance is settled: nothing is open.')
  const invoices = findObjects(
    value,
    (object) => field(object, 'invoice_number', 'due_on', 'due_date', 'issued_on') !== undefined,
  )
  const overdue = invoices.filter(
    (invoice) => textOf(field(invoice, 'status')) === 'overdue' || field(invoice, 'overdue') === true,
  )
  for (const invoice of overdue.slice(0, 5)) parts.push(`Overdue: ${invoiceLine(invoice)}.`)
  const others = invoices.filter((invoice) => !overdue.includes(invoice)).slice(0, 3)
  if (others.length > 0)
    parts.push(`Your latest ${others.length > 1 ? 'invoices' : 'invoice'}: ${sayList(others.map(invoiceLine))}.`)
  const last4 =
    textOf(field(info, 'payment_method_last4', 'last4', 'card_last4')) || textOf(field(nested(info), 'last4'))
  const brand =
    textOf(field(info, 'payment_method_brand', 'brand', 'card_brand')) || textOf(field(nested(info), 'brand'))
  if (last4) parts.push(`You pay by ${brand || 'card'} ending in ${last4}.`)
  const method = textOf(field(info, 'payment_method'))
  if (!last4 && method && !/none/i.test(method)) parts.push(`You pay by ${method}.`)
  return parts.length > 0 ? parts.join(' ') : 'I see nothing open in your billing.'
}

/** Name, tier and state of the account. */
export function describeProfile(value: unknown): string {
  const [profile = {}] = findObjects(value, (object) => field(object, 'name', 'email', 'tier') !== undefined)
  const name = textOf(field(profile, 'name'))
  const tier = textOf(field(profile, 'tier'))
  const email = textOf(field(profile, 'email'))
  const parts = [
    `Your account${name ? ` (${name})` : ''}${tier ? ` is on the ${tier} tier` : ' is there'}${email ? `, with the e-mail address ${email}` : ''}.`,
  ]
  if (field(profile, 'locked') === true) {
    const why = textOf(field(profile, 'locked_reason'))
    parts.push(
      `It is locked${why ? `: ${why.replaceAll('_', ' ')}` : ''}. Shall I send you a mail with a link to reset your password?`,
    )
  } else if (field(profile, 'locked') === false) parts.push('It is not locked.')
  return parts.join(' ')
}

/** The hosted link, shown as it is; undefined when the value has none. */
export function describeLink(value: unknown): string | undefined {
  const [holder] = findObjects(value, (object) =>
    /^https?:\/\//.test(textOf(field(object, 'url', 'link', 'hosted_url', 'href'))),
  )
  if (!holder) return undefined
  const url = textOf(field(holder, 'url', 'link', 'hosted_url', 'href'))
  return `You can change your payment method on this secure page:\n${url}\nPlease never send me a card number here.`
}

/** The confirmation that a reset mail went out. */
export function describeReset(value: unknown): string {
  const [sent = {}] = findObjects(
    value,
    (object) => field(object, 'sent_to', 'mail_sent_to', 'email', 'to') !== undefined,
  )
  const to = textOf(field(sent, 'sent_to', 'mail_sent_to', 'email', 'to'))
  const minutes = textOf(field(sent, 'expires_in_minutes', 'link_valid_minutes'))
  return sentence(
    `I have sent an e-mail with a link to reset your password${to ? ` to ${to}` : ''}${minutes ? `; the link works for ${minutes} minutes` : ''}`,
  )
}

function invoiceLine(invoice: Fields): string {
  const number = textOf(field(invoice, 'invoice_number', 'number', 'invoice', 'id'))
  const amount = sayMoney(invoice, 'amount', 'total') ?? ''
  const status = textOf(field(invoice, 'status'))
  const due = field(invoice, 'due_on', 'due_date')
  const when = status === 'paid' || due === undefined ? '' : `, due ${sayDate(due)}`
  return `${number} for ${amount}${status && status !== 'overdue' ? ` (${status}${when})` : when}`
}

function nested(info: Fields): Fields {
  return record(field(info, 'payment_method'))
}
