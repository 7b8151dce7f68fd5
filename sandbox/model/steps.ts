// What to do next about one wish: call a tool, ask the customer, or nothing more (its results are there).
import { fillArguments, hasParameter } from './arguments.ts'
import type { KnownValues } from './arguments.ts'
import { changeTopic, findAddress, findQuantity } from './change-details.ts'
import { describeOrders, itemsOf, orderLine, wantsLate } from './describe-order.ts'
import { field, findOrders, orderNumberOf, readResult, textOf } from './results.ts'
import { record } from './request.ts'
import type { Fields } from './results.ts'
import type { OfferedTool, ToolCall } from './request.ts'
import { roleOfName } from './tool-roles.ts'
import type { ToolRole } from './tool-roles.ts'
import type { ToolResult } from './transcript.ts'
import { namesOnlyDevice, onlyAsksHow } from './wishes.ts'
import type { Wish } from './wishes.ts'
import { placeIn } from './follow-up.ts'
import { contentWords, searchQuery, wordsOf } from './words.ts'

/** A call to make now. */
export type PlannedCall = Pick<ToolCall, 'name' | 'arguments'>

/** The next step. `unserved` = no offered tool can do it. */
export type Step = { calls: PlannedCall[] } | { ask: string } | { settled: true } | { unserved: true }

/** What a step is planned with. */
export interface Situation {
  roles: Map<ToolRole, OfferedTool>
  results: ToolResult[]
  talkedAbout?: string
}

/** The next step for this wish. */
export function nextStep(wish: Wish, situation: Situation): Step {
  switch (wish.kind) {
    case 'order_status':
      return statusStep(wish, situation)
    case 'cancel':
    case 'modify':
    case 'refund':
      return changeStep(wish, situation)
    case 'knowledge':
      return knowledgeStep(wish, situation)
    case 'list_orders':
      return once('list_orders', situation, listOf(wish.text))
    case 'person':
      return personStep(wish, situation)
    case 'credit':
      return creditStep(wish, situation)
    case 'password':
      return passwordStep(wish, situation)
    case 'billing':
    case 'payment_method':
    case 'profile':
      break
  }
  return once(wish.kind, situation, {})
}

/** The results of tools of this role in this turn; with an order, only those about it. */
function resultsOf(role: ToolRole, { results }: Situation, order?: string): ToolResult[] {
  return results.filter(
    (result) =>
      roleOfName(result.call.name) === role &&
      (order === undefined || JSON.stringify(result.call.arguments).includes(order) || result.text.includes(order)),
  )
}

function once(role: ToolRole, situation: Situation, known: KnownValues, order?: string): Step {
  if (resultsOf(role, situation, order).length > 0) return { settled: true }
  const tool = situation.roles.get(role)
  return tool ? { calls: [{ name: tool.name, arguments: fillArguments(tool, known) }] } : { unserved: true }
}

/** The mail goes out when it was asked for; whoever asks how, or says that a password fails, is asked first. */
function passwordStep(wish: Wish, situation: Situation): Step {
  const wanted =
    /\b(forg[eo]t\w*|reset|lost|recover|restore|new|change|send|link|e-?mail|mail|yes|yeah|please|sure|ok)\b/i.test(
      wish.text,
    )
  if (wanted && !onlyAsksHow(wish.text)) return once('password', situation, {})
  return { ask: 'Shall I send you an e-mail with a link to reset your password?' }
}

/** A device without a symptom is asked about; a follow-up is searched for once more when the first search knew only its own words. */
function knowledgeStep(wish: Wish, situation: Situation): Step {
  if (namesOnlyDevice(wish.text)) return { ask: 'What is the matter with it, or what would you like to do with it?' }
  const query = searchQuery(wish.search ?? wish.text)
  const tool = situation.roles.get('knowledge')
  const made = resultsOf('knowledge', situation)
  if (
    wish.search !== undefined &&
    tool &&
    made.length === 1 &&
    !JSON.stringify(made[0]?.call.arguments).includes(query)
  )
    return { calls: [{ name: tool.name, arguments: fillArguments(tool, { query }) }] }
  return once('knowledge', situation, { query })
}

/** Which orders a list is wanted of, as far as the words tell. */
function listOf(text: string): KnownValues {
  if (wantsLate(text)) return { status: 'shipped', limit: 20 }
  const status = /\b(processing|shipped|delivered|cancell?ed)\b/i
    .exec(text)?.[1]
    ?.toLowerCase()
    .replace('canceled', 'cancelled')
  return {
    ...(status === undefined ? {} : { status }),
    ...(/\b(all|every|how many|history)\b/i.test(text) ? { limit: 20 } : {}),
  }
}

function statusStep(wish: Wish, situation: Situation): Step {
  const { orders } = wish
  if (orders.length === 0) {
    const listed = once('list_orders', situation, {})
    if ('unserved' in listed && situation.roles.has('order_status'))
      return { ask: 'Which order is it about? Please give me its number.' }
    return 'settled' in listed ? statusOfListed(wish, situation) : listed
  }
  const steps = orders.slice(0, 4).map((order) => once('order_status', situation, { order }, order))
  const calls = steps.flatMap((step) => ('calls' in step ? step.calls : []))
  if (calls.length > 0) return { calls }
  return steps.find((step) => 'unserved' in step) ?? { settled: true }
}

/** No number was given: the one order whose items the words name, else a list to choose from. */
function statusOfListed(wish: Wish, situation: Situation): Step {
  const orders = resultsOf('list_orders', situation).flatMap((result) => findOrders(readResult(result).value))
  if (orders.length < 2 || wantsLate(wish.text)) return { settled: true }
  const words = contentWords(wish.text).filter(
    (word) => word.length > 3 && !/^(order|parcel|package|item|deliver)/.test(word),
  )
  const fitting = orders.filter((order) =>
    words.some((word) => itemsOf(order).toLowerCase().includes(word.replace(/s$/, ''))),
  )
  const [only] = fitting
  if (fitting.length === 1 && only)
    return once('order_status', situation, { order: orderNumberOf(only) }, orderNumberOf(only))
  return { ask: `${describeOrders(fitting.length > 1 ? fitting : orders, '')}\nWhich one do you mean?` }
}

function personStep(wish: Wish, situation: Situation): Step {
  const angry = /\b(unacceptable|outrageous|furious|fed up|sick of|ridiculous)\b/i.test(wish.text)
  const known = {
    reason: angry ? 'The customer writes in anger' : 'The customer asked for a person',
    subject: 'The customer asks for a person',
    description: wish.text,
  }
  const escalated = once('person', situation, known)
  return 'unserved' in escalated && situation.roles.has('ticket') ? once('ticket', situation, known) : escalated
}

/** A credit needs an amount, which only the customer names. */
function creditStep(wish: Wish, situation: Situation): Step {
  const amountCents = saidCents(wish.text)
  if (amountCents === undefined) return { ask: 'What amount do you think is fair? I pass it on.' }
  const [order] = wish.orders
  const known = { amountCents, reason: 'The customer asked for a credit', ...(order === undefined ? {} : { order }) }
  return once('credit', situation, known)
}

/** The money named in a text, in cents. */
function saidCents(text: string): number | undefined {
  const said = /[$€£]\s?(\d+(?:\.\d\d)?)|\b(\d+(?:\.\d\d)?) ?(?:dollars|usd|bucks)\b/i.exec(text)
  const amount = said?.[1] ?? said?.[2]
  return amount === undefined ? undefined : Math.round(Number(amount) * 100)
}

function changeStep(wish: Wish, situation: Situation): Step {
  const tool = situation.roles.get(wish.kind)
  if (!tool) {
    if (wish.kind === 'refund' && situation.roles.has('person'))
      return once('person', situation, { reason: 'The customer wants a refund, which a person decides by policy' })
    return { unserved: true }
  }
  if (wish.orders.length === 0)
    return resultsOf(wish.kind, situation).length > 0 ? { settled: true } : chooseOrder(wish, situation)
  const steps = wish.orders.slice(0, 4).map((order) => changeOne(wish, order, tool, situation))
  const calls = steps.flatMap((step) => ('calls' in step ? step.calls : []))
  return calls.length > 0 ? { calls } : (steps.find((step) => 'ask' in step) ?? { settled: true })
}

/** Nobody named the order: offer what can still be changed, and never guess. */
function chooseOrder(wish: Wish, situation: Situation): Step {
  const verb = wish.kind === 'cancel' ? 'cancel' : wish.kind === 'refund' ? 'refund' : 'change'
  const pointsAt =
    wish.kind === 'modify' || /\b(it|this|that|same)\b/i.test(wish.text) ? situation.talkedAbout : undefined
  const meant = wish.meant ?? pointsAt
  if (meant !== undefined) return { ask: `Shall I ${verb} order ${meant}?` }
  const listed = resultsOf('list_orders', situation)
  if (listed.length === 0 && situation.roles.has('list_orders')) return once('list_orders', situation, {})
  const orders = listed.flatMap((result) => findOrders(readResult(result).value))
  const open =
    wish.kind === 'refund'
      ? orders
      : orders.filter((order) => /process|pending|open|placed/i.test(textOf(field(order, 'status'))))
  const [only] = open
  if (orders.length > 0 && !only)
    return {
      ask: `None of your newest orders can be ${verb === 'cancel' ? 'cancelled' : 'changed'} any more: all have shipped, arrived or been cancelled. Would you like me to bring in a person?`,
    }
  if (open.length === 1 && only)
    return {
      ask: `Of your newest orders I can still ${verb} this one:\n${orderLine(only)}\nShall I ${verb} order ${orderNumberOf(only)}?`,
    }
  if (open.length > 1)
    return {
      ask: `Which order shall I ${verb}?\n${open.slice(0, 10).map(orderLine).join('\n')}\nPlease give me its number.`,
    }
  return { ask: `Which order shall I ${verb}? Please give me its number.` }
}

function changeOne(wish: Wish, order: string, tool: OfferedTool, situation: Situation): Step {
  if (resultsOf(wish.kind, situation, order).length > 0) return { settled: true }
  // A question about how to cancel is no order to do it: ask first.
  if (wish.kind === 'cancel' && onlyAsksHow(wish.text))
    return { ask: `I can do that for you. Shall I cancel order ${order}?` }
  if (wish.kind === 'cancel')
    return once('cancel', situation, { order, reason: 'The customer asked to cancel it' }, order)
  const known = resultsOf('order_status', situation, order).flatMap((result) => findOrders(readResult(result).value))
  const detail = known.find((found) => orderNumberOf(found) === order)
  const needsDetail =
    wish.kind === 'refund'
      ? hasParameter(tool.parameters, /amount/)
      : hasParameter(tool.parameters, /item|sku|product/i) &&
        newestQuantity(wish.text) !== undefined &&
        !findAddress(wish.text)
  if (needsDetail && !detail) {
    const look = once('order_status', situation, { order }, order)
    return 'calls' in look ? look : { settled: true }
  }
  return wish.kind === 'refund' ? refund(wish, order, tool, detail) : modify(wish, order, tool, detail)
}

function refund(wish: Wish, order: string, tool: OfferedTool, detail: Fields | undefined): Step {
  const total = Number(field(detail ?? {}, 'total_cents') ?? Number.NaN)
  const amountCents = saidCents(wish.text) ?? total
  const known = {
    order,
    reason: 'The customer asked for a refund',
    ...(Number.isFinite(amountCents) ? { amountCents } : {}),
  }
  return { calls: [{ name: tool.name, arguments: fillArguments(tool, known) }] }
}

function modify(wish: Wish, order: string, tool: OfferedTool, detail: Fields | undefined): Step {
  const address = findAddress(wish.text)
  const quantity = address ? undefined : newestQuantity(wish.text)
  if ((address || quantity !== undefined) && onlyAsksHow(wish.text))
    return { ask: `I can do that for you. Shall I change order ${order} like that?` }
  if (address) return { calls: [{ name: tool.name, arguments: fillArguments(tool, { order, address }) }] }
  if (quantity === undefined) {
    const topic = changeTopic(wish.text)
    if (topic === 'address')
      return { ask: `What is the new address for order ${order}? Please give street, city and postal code.` }
    if (topic === 'quantity') return { ask: `How many would you like in order ${order}?` }
    return { ask: `What shall I change in order ${order}, the address or a quantity? Please give me the new one.` }
  }
  const items = field(detail ?? {}, 'items')
  const item = Array.isArray(items) ? chooseItem(items as unknown[], wish.text) : undefined
  if (Array.isArray(items) && !item) {
    return {
      ask: `Which item of order ${order} shall have the quantity ${quantity}: ${items.map((entry: unknown) => textOf(field(record(entry), 'name'))).join(' or ')}?`,
    }
  }
  return {
    calls: [{ name: tool.name, arguments: fillArguments(tool, { order, quantity, ...(item ? { item } : {}) }) }],
  }
}

/** The customer's newest words count: "3 lamps" and then "make it 4" are four. */
function newestQuantity(text: string): number | undefined {
  for (const part of text.split(/\.\s+|\n/).toReversed()) {
    const quantity = findQuantity(part)
    if (quantity !== undefined) return quantity
  }
  return findQuantity(text)
}

function chooseItem(items: unknown[], text: string): { name: string; sku: string } | undefined {
  const known = items.map((entry) => ({
    name: textOf(field(record(entry), 'name', 'product')),
    sku: textOf(field(record(entry), 'sku', 'id')),
  }))
  if (known.length === 1) return known[0]
  const words = new Set(contentWords(text).map((word) => word.replace(/s$/, '')))
  // A word that all items share ("Lumen") tells nothing; the one item with the most words of the text is meant.
  const counts = known.map((item) => wordsOf(item.name).filter((word) => words.has(word.replace(/s$/, ''))).length)
  const most = Math.max(...counts)
  if (most > 0 && counts.filter((count) => count === most).length === 1) return known[counts.indexOf(most)]
  const place = placeIn(text)
  return place === undefined ? undefined : known.at(place)
}
