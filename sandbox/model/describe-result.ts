// Puts one tool result into words, by what the tool was for.
import { describeBilling, describeLink, describeProfile, describeReset } from './describe-account.ts'
import { addressOf, describeOrder, describeOrders, itemsOf } from './describe-order.ts'
import { describePassages } from './describe-passages.ts'
import { field, findObjects, findOrders, orderNumberOf, readResult, textOf } from './results.ts'
import { record } from './request.ts'
import type { Fields, Trouble } from './results.ts'
import { roleOfName } from './tool-roles.ts'
import type { ToolResult } from './transcript.ts'
import { sentence } from './wording.ts'

/** What the words depend on besides the result. */
export interface Telling {
  question: string
  instructions: string
  /** What was said before and did not help, so that it is not said again. */
  told?: string
  /** The words of the call, such as a search. */
  searched?: string
}

/** The result in words; empty when there is nothing to tell (a transfer). */
export function describeResult(result: ToolResult, telling: Telling): string {
  const role = roleOfName(result.call.name)
  if (role === 'transfer') return ''
  const { value, trouble } = readResult(result)
  if (trouble) return describeTrouble(trouble, result)
  const orders = findOrders(value)
  const [order] = orders
  switch (role) {
    case 'list_orders':
      return describeOrders(orders, telling.question)
    case 'cancel':
      return cancelled(value, order, result)
    case 'modify':
      return modified(value, order, result)
    case 'refund':
      return refunded(value, result)
    case 'credit': {
      const [booked = {}] = findObjects(value, (object) => field(object, 'credited') !== undefined)
      return `A credit of ${textOf(field(booked, 'credited'))} is on your account and is taken off your next invoice.`
    }
    case 'billing':
      return describeBilling(value)
    case 'password':
      return describeReset(value)
    case 'payment_method':
      return describeLink(value) ?? 'I have prepared the change of your payment method.'
    case 'profile':
      return describeProfile(value)
    case 'knowledge':
      return describePassages(value, telling.question, telling.instructions, telling)
    case 'person':
      return 'I am bringing in a colleague, who reads our conversation and answers you here.'
    case 'ticket': {
      const [ticket = {}] = findObjects(value, (object) => field(object, 'ticket_id', 'ticket', 'id') !== undefined)
      const id = textOf(field(ticket, 'ticket_id', 'ticket', 'id'))
      return `I have opened ${id ? `ticket ${id}` : 'a ticket'} for you; a colleague looks after it.`
    }
    case 'order_status':
    case undefined:
      break
  }
  return order ? (orders.length === 1 ? describeOrder(order) : describeOrders(orders, '')) : generic(value, telling)
}

function describeTrouble(trouble: Trouble, result: ToolResult): string {
  switch (trouble.kind) {
    case 'unknown':
      return 'I could not see for certain whether that worked, so I will not try it twice. A colleague checks it and tells you here.'
    case 'pending':
      return sentence(
        `That needs a decision by a colleague first${trouble.message ? ` (${trouble.message})` : ''}, and you hear from us here. Nothing has changed yet`,
      )
    case 'refused':
      return /not[_ ]found|no order/i.test(trouble.message)
        ? `I cannot find ${asked(result) ? `order ${asked(result)}` : 'that'} in your account. Please check the number.`
        : sentence(`That is not possible: ${trouble.message}`)
    case 'bad_arguments':
      return sentence(`I could not do that: ${trouble.message || 'something was missing'}`)
    case 'failed':
      break
  }
  return 'I am sorry, I cannot reach that system right now. Nothing has changed. Would you like me to bring in a person?'
}

/** Says "cancelled" only when the result says so. */
function cancelled(value: unknown, order: Fields | undefined, result: ToolResult): string {
  const number = order ? orderNumberOf(order) || asked(result) : asked(result)
  const items = order ? itemsOf(order) : ''
  if (isDone(value)) return `Order ${number} is cancelled${items ? ` (${items})` : ''}.`
  return `I asked to cancel order ${number}, but I have no confirmation yet.`
}

/** Says "changed" only when the result shows the order or says that it settled. */
function modified(value: unknown, order: Fields | undefined, result: ToolResult): string {
  const number = order ? orderNumberOf(order) || asked(result) : asked(result)
  if (!order && !isDone(value)) return `I asked to change order ${number}, but I have no confirmation yet.`
  const address = order && JSON.stringify(result.call.arguments).includes('ddress') ? addressOf(order) : ''
  if (address) return `Order ${number} is changed. It now goes to ${address}.${keptPostalCode(result)}`
  return `Order ${number} is changed.${order && itemsOf(order) ? ` It now contains ${itemsOf(order)}.` : ''}`
}

/** A new town without a postal code keeps the old one: the customer should know. */
function keptPostalCode({ call }: ToolResult): string {
  const given = record(field(call.arguments, 'address', 'shipping_address'))
  return field(given, 'city') !== undefined && field(given, 'postal_code', 'zip') === undefined
    ? ' You gave no postal code, so it is the one from before; if it changes too, tell me the whole address.'
    : ''
}

function refunded(value: unknown, result: ToolResult): string {
  const [booked] = findObjects(value, (object) => field(object, 'refunded', 'amount') !== undefined)
  const amount = textOf(field(booked ?? {}, 'refunded', 'amount'))
  return sentence(`Your refund${amount ? ` of ${amount}` : ''} for order ${asked(result)} is booked`)
}

function isDone(value: unknown): boolean {
  return findObjects(
    value,
    (object) => field(object, 'outcome', 'status', 'ok', 'cancelled', 'changed') !== undefined,
  ).some(
    (state) =>
      /^(settled|ok|done|cancell?ed|changed|success|succeeded)$/.test(textOf(field(state, 'outcome', 'status'))) ||
      field(state, 'ok', 'cancelled', 'changed') === true,
  )
}

function generic(value: unknown, telling: Telling): string {
  if (findObjects(value, (object) => textOf(field(object, 'passage', 'snippet', 'text')).length > 20).length > 0) {
    return describePassages(value, telling.question, telling.instructions, telling)
  }
  const inner = record(value)['result'] ?? value
  if (typeof inner === 'string') return sentence(inner.slice(0, 500))
  const pairs = Object.entries(record(inner)).filter(([, entry]) => textOf(entry) !== '')
  return pairs.length === 0
    ? 'That is done.'
    : `${pairs
        .slice(0, 8)
        .map(([key, entry]) => `${key.replaceAll('_', ' ')}: ${textOf(entry)}`)
        .join(', ')}.`
}

function asked(result: ToolResult): string {
  const [, number] = Object.entries(result.call.arguments).find(([key]) => /order|number/i.test(key)) ?? []
  return textOf(number)
}
