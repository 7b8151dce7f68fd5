import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PartFailed, RunningParts, StartAborted } from '../../src/startup/running-parts.ts'
import type { Part } from '../../src/startup/running-parts.ts'

function scripted(): {
  parts: RunningParts
  events: string[]
  part: (name: string, more?: Partial<Part<string>>) => Part<string>
} {
  const events: string[] = []
  const part = (name: string, more: Partial<Part<string>> = {}): Part<string> => ({
    name,
    start: async () => {
      events.push(`start ${name}`)
      return name
    },
    stop: async (started) => void events.push(`stop ${started}`),
    ...more,
  })
  return { parts: new RunningParts((line) => void events.push(line)), events, part }
}

test('parts stop in reverse order, once, however often they are told to', async () => {
  const { parts, events, part } = scripted()
  for (const name of ['store', 'worker', 'api']) expect(await parts.start(part(name))).toBe(name)
  await Promise.all([parts.stop(), parts.stop()])
  expect(events).toEqual(['start store', 'start worker', 'start api', 'stop api', 'stop worker', 'stop store'])
})

test('a part that fails to start is named, and those before it can be stopped', async () => {
  const { parts, events, part } = scripted()
  await parts.start(part('store'))
  const failing = parts.start(part('worker', { start: () => Promise.reject(new Error('no queue')) }))
  await expect(failing).rejects.toThrow(new PartFailed('worker: no queue'))
  await parts.stop()
  expect(events).toEqual(['start store', 'stop store'])
})

test('a part that hangs or fails while stopping does not keep the others', async () => {
  const { parts, events, part } = scripted()
  await parts.start(part('store'))
  await parts.start(part('worker', { stop: () => sleep(60_000, undefined, { ref: false }), stopWithin: 20 }))
  await parts.start(part('api', { stop: () => Promise.reject(new Error('socket')) }))
  await parts.stop()
  expect(events.slice(3)).toEqual([
    'api did not stop cleanly: socket',
    'worker did not stop within 20 ms, going on without it',
    'stop store',
  ])
})

test('stopping while a part starts stops that one too, and starts no other', async () => {
  const { parts, events, part } = scripted()
  const slow = parts.start(part('slow', { start: () => sleep(20, 'slow') }))
  await parts.stop()
  await expect(slow).rejects.toThrow(StartAborted)
  await expect(parts.start(part('next'))).rejects.toThrow(StartAborted)
  expect(events).toEqual(['stop slow'])
})
