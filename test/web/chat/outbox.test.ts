// What the customer typed is kept in order until the desk has it, and what may be a card number is not kept at all (P2, P9).
import { describe, expect, test } from 'vitest'
import { createOutbox, mayBeCard } from '../../../web/chat/conversation/outbox.ts'
import { keptIn } from '../../../web/shared/kept.ts'

function browser() {
  const items = new Map<string, string>()
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  } as unknown as Parameters<typeof keptIn>[0] extends () => infer S ? S : never
  return { items, kept: keptIn(() => storage) }
}
const texts = (outbox: ReturnType<typeof createOutbox>) => outbox.all().map(({ text }) => text)

describe('the outbox', () => {
  test('is the same after a reload, in order, under the same ids', () => {
    const { kept } = browser()
    const before = createOutbox('outbox.guest', kept)
    before.add('one')
    before.add('two')
    const after = createOutbox('outbox.guest', kept)
    expect(after.all()).toEqual(before.all())
    expect(new Set(after.all().map(({ id }) => id)).size).toBe(2)
    expect(after.all().every(({ id }) => /^[A-Za-z0-9_-]{1,64}$/.test(id))).toBe(true)
  })

  test('what was sent is forgotten, what was refused stays with its reason', () => {
    const { kept, items } = browser()
    const outbox = createOutbox('outbox.guest', kept)
    const [one, two] = [outbox.add('one'), outbox.add('two')]
    outbox.refuse(one.id, 'too long')
    outbox.drop(two.id)
    expect(createOutbox('outbox.guest', kept).all()).toEqual([{ ...one, refused: 'too long' }])
    outbox.forget()
    expect(items.size).toBe(0)
  })

  test('a guest’s unsent words go along when they sign in, each once', () => {
    const { kept } = browser()
    const guest = createOutbox('outbox.guest', kept)
    guest.add('as guest')
    const customer = createOutbox('outbox.customer.ada', kept)
    customer.add('as customer')
    customer.take(guest.all())
    customer.take(guest.all())
    expect(texts(customer)).toEqual(['as customer', 'as guest'])
  })

  test('P9: a text that may hold a card number is sent, but never put into the browser’s storage', () => {
    const { kept, items } = browser()
    const outbox = createOutbox('outbox.guest', kept)
    outbox.add('order 12345, please')
    outbox.add('my card: 4111-1111-1111-1111')
    expect(texts(outbox)).toHaveLength(2)
    expect([...items.values()].join('')).not.toContain('4111')
    expect(texts(createOutbox('outbox.guest', kept))).toEqual(['order 12345, please'])
    for (const text of ['4111111111111111', 'x 5500 0000 0000 0004 y', '378282246310005'])
      expect(mayBeCard(text)).toBe(true)
    for (const text of ['4111111111111112', '12345', '+49 170 1234567']) expect(mayBeCard(text)).toBe(false)
  })
})
