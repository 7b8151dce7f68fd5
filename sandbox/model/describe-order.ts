import { field, orderNumberOf, textOf } from './results.ts'
import { record } from './request.ts'
import type { Fields } from './results.ts'
import { sayCount, sayDate, sayList, sayMoney } from './wording.ts'

/** An order in two or three sentences: where it is, when it comes, what is in it. */
export function describeOrder(order: Fields): string {
  const parts = [`Order ${orderNumberOf(order)} ${where(order)}.`]
  if (field(order, 'late') === true) parts.push('It is late, and I am sorry about that.')
  const items = itemsOf(order)
  const total = sayMoney(order, 'total')
  if (items !== '') parts.push(`It contains ${items}${total ? `, ${total} in total` : ''}.`)
  return parts.join(' ')
}

/** One line of a list: `12346: processing, Lumen Desk Lamp`. */
export function orderLine(order: Fields): string {
  const items = itemsOf(order)
  const eta = field(order, 'eta', 'arrives', 'estimated_delivery', 'expected_on')
  const late = field(order, 'late') === true ? ', late' : ''
  const status = textOf(field(order, 'status'))
  const when = status === 'shipped' && eta !== undefined ? `, due ${sayDate(eta)}` : ''
  return `- ${orderNumberOf(order)}: ${status}${late}${when}${items === '' ? '' : `, ${items}`}`
}

/** True when the words ask for late orders only. */
export function wantsLate(text: string): boolean {
  return /\b(late|delayed|overdue)\b/i.test(text)
}

/** Orders as a list, at most ten, the number of the rest named; it may be an excerpt, so no total is claimed. */
export function describeOrders(orders: Fields[], question: string): string {
  if (wantsLate(question)) return describeLate(orders)
  if (orders.length === 0) {
    const some = /\b(processing|shipped|delivered|cancell?ed)\b/i.test(question) ? 'such orders' : 'orders'
    return `I find no ${some} in your account.`
  }
  const [only] = orders
  if (orders.length === 1 && only) return `I find one order. ${describeOrder(only)}`
  const rest = orders.length > 10 ? '\nThere are older ones too; these are the newest ten.' : ''
  return `These are your newest orders:\n${orders.slice(0, 10).map(orderLine).join('\n')}${rest}`
}

function describeLate(orders: Fields[]): string {
  const late = orders.filter((order) => field(order, 'late') === true)
  const [only] = late
  if (!only) return 'I see no late order among those I looked at.'
  if (late.length === 1) return `One order is late, and I am sorry about that:\n${orderLine(only)}`
  return `These ${sayCount(late.length)} orders are late, and I am sorry about that:\n${late.map(orderLine).join('\n')}`
}

/** The items by name, with quantities above one. */
export function itemsOf(order: Fields): string {
  const items = field(order, 'items', 'lines')
  if (typeof items === 'string') return items.replaceAll(/\b1 x /g, '')
  if (!Array.isArray(items)) return ''
  return sayList(
    items.map((entry: unknown) => {
      if (typeof entry === 'string') return entry.replace(/^1 x /, '')
      const quantity = Number(field(record(entry), 'quantity', 'qty') ?? 1)
      const name = textOf(field(record(entry), 'name', 'product', 'title', 'sku'))
      return quantity > 1 ? `${quantity} x ${name}` : name
    }),
  )
}

/** The delivery address on one line, empty when the order shows none. */
export function addressOf(order: Fields): string {
  const address = field(order, 'address', 'shipping_address', 'delivery_address', 'ships_to')
  if (typeof address === 'string') return address
  return ['street', 'city', 'postal_code', 'country']
    .map((name) => textOf(field(record(address), name)))
    .filter(Boolean)
    .join(', ')
}

function where(order: Fields): string {
  const status = textOf(field(order, 'status')).toLowerCase()
  const carrier = textOf(field(order, 'carrier'))
  const tracking = textOf(field(order, 'tracking', 'tracking_number'))
  const eta = field(order, 'eta', 'arrives', 'estimated_delivery', 'arrives_on', 'expected_on')
  const way = [carrier && `with ${carrier}`, tracking && `(tracking ${tracking})`].filter(Boolean).join(' ')
  const late = field(order, 'late') === true
  const when = eta === undefined ? '' : late ? ` It was due on ${sayDate(eta)}` : ` It should arrive on ${sayDate(eta)}`
  switch (status) {
    case 'shipped':
    case 'in_transit':
      return `has shipped${way ? ` ${way}` : ''}${when ? `.${when}` : ''}`
    case 'delivered':
      return `was delivered${way ? ` ${way}` : ''} on ${sayDate(field(order, 'delivered_on', 'delivered_at', 'eta') ?? 'its day')}`
    case 'processing':
      return `is being processed and has not shipped yet${when ? `.${when}` : ''}`
    case 'cancelled':
    case 'canceled':
      return 'is cancelled'
    default:
      return `has the status "${status}"${way ? `, ${way}` : ''}${when ? `.${when}` : ''}`
  }
}
