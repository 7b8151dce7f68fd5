// Changes of an order in words for whoever must agree to them, and for the customer.
import type { JsonObject } from '../../../domain/json.ts'
import type { WriteWords } from '../../../domain/write-rules.ts'

export function cancelWords(order: string, { status, total }: JsonObject, locale: string): WriteWords {
  const shipped = status === 'shipped' ? ', which has shipped already' : ''
  const worth = typeof total === 'string' ? ` (${total})` : ''
  return {
    text: `Cancel the whole of order ${order}${worth}${shipped}.`,
    after: 'Billing pays back what was paid for it.',
    what: isGerman(locale) ? `die Stornierung von Bestellung ${order}` : `cancelling order ${order}`,
  }
}

type Change = {
  order: string
  address?: Readonly<Record<string, string | undefined>> | undefined
  items?: readonly { sku: string; quantity: number }[] | undefined
}

export function modifyWords({ order, address, items }: Change, { status }: JsonObject, locale: string): WriteWords {
  const to = address && ['street', 'city', 'postal_code', 'country'].flatMap((part) => address[part] ?? []).join(', ')
  const changes = [
    ...(to ? [`send it to ${to}`] : []),
    ...(items ?? []).map(({ sku, quantity }) => `${sku} to ${quantity}`),
  ].join('; ')
  const shipped = status === 'shipped' ? ', which has shipped already' : ''
  return {
    text: `Change order ${order}${shipped}: ${changes}.`,
    what: isGerman(locale) ? `die Änderung von Bestellung ${order}` : `changing order ${order}`,
  }
}

/** The languages this desk words its writes in are English and German. */
export const isGerman = (locale: string): boolean => locale.split('-')[0] === 'de'
