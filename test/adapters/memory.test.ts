import { afterEach, expect, test, vi } from 'vitest'
import { readBusMessage } from '../../src/adapters/bus-message.ts'
import { createMemoryBus } from '../../src/adapters/memory-bus.ts'
import { createMemoryCache } from '../../src/adapters/memory-cache.ts'
import { noBus } from '../../src/adapters/no-bus.ts'
import { noCache } from '../../src/adapters/no-cache.ts'
import type { BusMessage } from '../../src/ports/bus.ts'

afterEach(() => void vi.useRealTimers())
const hint = (seq: number): BusMessage => ({ kind: 'events', seq, floor: 1 })

test('the memory bus brings hints in order to those who listen to that conversation, until they stop', async () => {
  const bus = createMemoryBus()
  const heard: unknown[] = []
  const listener = (message: BusMessage): unknown => heard.push(message)
  await bus.subscribe('a', () => {
    throw new Error('one bad listener')
  })
  const stopOne = await bus.subscribe('a', listener)
  const stopTwo = await bus.subscribe('a', listener)
  bus.publish('a', hint(1))
  bus.publish('b', hint(2))
  bus.publish('a', hint(3))
  await Promise.resolve()
  expect(heard).toEqual([hint(1), hint(1), hint(3), hint(3)])
  stopOne()
  stopOne()
  bus.publish('a', hint(4))
  await Promise.resolve()
  expect(heard.slice(4)).toEqual([hint(4)])
  stopTwo()
  bus.publish('a', hint(5))
  await Promise.resolve()
  expect(heard).toHaveLength(5)
})

test('the memory cache forgets by time, by use and by name, and its values are nobody else’s', async () => {
  vi.useFakeTimers()
  const seen: string[] = []
  const cache = createMemoryCache({ mostEntries: 2, onLookup: (tier, outcome) => seen.push(`${tier} ${outcome}`) })
  const value = { list: [1] }
  await cache.set('a', value, 1000)
  value.list.push(2)
  expect(await cache.get('a')).toEqual({ list: [1] })
  await cache.set('b', 'b', 1000)
  await cache.get('a')
  await cache.set('c', null, 500)
  expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([{ list: [1] }, undefined, null])
  vi.advanceTimersByTime(500)
  expect([await cache.get('a'), await cache.get('c')]).toEqual([{ list: [1] }, undefined])
  await cache.drop('a')
  await cache.set('d', 1, 0)
  expect([await cache.get('a'), await cache.get('d')]).toEqual([undefined, undefined])
  expect(seen.slice(0, 2)).toEqual(['memory hit', 'memory hit'])
  expect(seen.at(-1)).toBe('memory miss')
})

test('no bus and no cache take everything and give nothing', async () => {
  noBus.publish('a', hint(1))
  const stop = await noBus.subscribe('a', () => undefined)
  stop()
  await noCache.set('a', 1, 1000)
  await noCache.drop('a')
  expect(await noCache.get('a')).toBeUndefined()
})

test.each([
  ['{"kind":"events","seq":1,"floor":2}', { kind: 'events', seq: 1, floor: 2 }],
  ['{"kind":"events","seq":"1","floor":2}', null],
  ['{"kind":"accepted","conversation_id":"c"}', { kind: 'accepted', conversation_id: 'c' }],
  ['{"kind":"toString"}', null],
  ['{"kind":"delta","turn":1}', null],
  ['null', null],
  ['{', null],
])('a hint %s is read as %o', (text, message) => {
  expect(readBusMessage(text)).toEqual(message)
})
