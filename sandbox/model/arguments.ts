// Fills a tool's parameters from what is known, by the names and descriptions in its schema.
import type { JsonSchema, OfferedTool } from './request.ts'
import type { GivenAddress } from './change-details.ts'

/** What may go into arguments. `to` is the family of a transfer; `item` has the name and sku of an order's item. */
export interface KnownValues {
  order?: string
  query?: string
  reason?: string
  subject?: string
  description?: string
  to?: string
  address?: GivenAddress
  quantity?: number
  item?: { name: string; sku: string }
  amountCents?: number
  /** Of the orders wanted in a list, and how many at most. */
  status?: string
  limit?: number
}

/** The arguments of a call: every required parameter that can be filled, and optional ones that are known. */
export function fillArguments(tool: OfferedTool, known: KnownValues): Record<string, unknown> {
  return object(tool.parameters, known)
}

/** True when the tool's schema has a parameter whose name fits, at any depth. */
export function hasParameter(schema: JsonSchema, name: RegExp): boolean {
  return Object.entries(schema.properties ?? {}).some(
    ([key, inner]) =>
      name.test(key) || hasParameter(inner, name) || (inner.items ? hasParameter(inner.items, name) : false),
  )
}

function object(schema: JsonSchema, known: KnownValues): Record<string, unknown> {
  const filled: Record<string, unknown> = {}
  for (const [name, declared] of Object.entries(schema.properties ?? {})) {
    const inner = effective(declared)
    const value = fill(name, inner, known)
    if (value !== undefined) filled[name] = value
    else if (schema.required?.includes(name) && allowsNull(declared)) filled[name] = null
  }
  return filled
}

/** The branch of a nullable schema that carries the value. */
function effective(schema: JsonSchema): JsonSchema {
  return schema.anyOf?.find((choice) => choice.type !== 'null') ?? schema
}

function allowsNull(schema: JsonSchema): boolean {
  return (
    (Array.isArray(schema.type) && schema.type.includes('null')) ||
    (schema.anyOf?.some((choice) => choice.type === 'null') ?? false)
  )
}

function fill(name: string, schema: JsonSchema, known: KnownValues): unknown {
  const plain = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  const about = `${plain} ${(schema.description ?? '').toLowerCase()}`
  if (schema.enum) return choose(schema.enum, plain, known)
  if (isType(schema, 'object') || schema.properties) {
    const whole = /address/.test(plain) && !known.address ? undefined : object(schema, known)
    return whole && Object.keys(whole).length > 0 ? whole : undefined
  }
  if (isType(schema, 'array')) {
    if (!schema.items) return undefined
    const entry = fill(plain.replace(/s$/, ''), effective(schema.items), known)
    return entry === undefined || (known.quantity === undefined && /item/.test(plain)) ? undefined : [entry]
  }
  const value = scalar(plain, about, known)
  if (value === undefined) return undefined
  if (isType(schema, 'string')) return String(value)
  return isType(schema, 'integer') || isType(schema, 'number') ? Number(value) : value
}

function scalar(name: string, about: string, known: KnownValues): string | number | undefined {
  const { address, item } = known
  if (/quantity|^count$|qty|amount_of/.test(name)) return known.quantity
  if (/^(limit|max_?(results|count)?|page_?size)$/.test(name)) return known.limit
  if (/amount|cents/.test(name)) return known.amountCents
  if (/currency/.test(name)) return known.amountCents === undefined ? undefined : 'USD'
  if (/street|line_?1/.test(name)) return address?.street
  if (/city|town/.test(name)) return address?.city
  if (/post|zip/.test(name)) return address?.postalCode
  if (/country/.test(name)) return address?.country
  if (/address/.test(name)) return address?.whole
  if (/sku|item_?(id|code)/.test(name)) return item?.sku
  if (/item|product/.test(name)) return item?.name
  if (/query|question|search|keywords|terms/.test(name)) return known.query
  if (/subject|title/.test(name)) return known.subject
  if (/description|details|body|summary/.test(name)) return known.description
  if (/reason|why|note|comment/.test(name)) return known.reason
  if (/order|purchase/.test(name) || (/number|^id$/.test(name) && /order|purchase/.test(about))) return known.order
  return undefined
}

function choose(values: unknown[], name: string, known: KnownValues): unknown {
  const texts = values.filter((value): value is string => typeof value === 'string')
  if (known.to !== undefined && /^(to|target|specialist|agent|department|domain)/.test(name))
    return pickFamily(texts, known.to)
  if (/^(status|state)$/.test(name)) return texts.find((text) => text === known.status)
  if (/priority/.test(name)) return texts.find((text) => text === 'normal' || text === 'medium')
  if (/reason|code|category/.test(name)) {
    const words = known.reason?.toLowerCase() ?? ''
    return (
      texts.find((text) =>
        words.includes(
          text
            .toLowerCase()
            .split(/[_\s-]/)
            .at(-1) ?? text,
        ),
      ) ??
      texts.find((text) => /person|human|customer/.test(text)) ??
      texts[0]
    )
  }
  return undefined
}

/** The offered name that belongs to a family: `order` fits `order`, `orders` and `order-desk`. */
export function pickFamily(offered: string[], family: string): string | undefined {
  const start = family.slice(0, 4)
  return offered.find((value) => value === family) ?? offered.find((value) => value.toLowerCase().startsWith(start))
}

function isType(schema: JsonSchema, type: string): boolean {
  return Array.isArray(schema.type) ? schema.type.includes(type) : schema.type === type
}
