// Rule 2: histories hold decisions, never content, and stay small. `npm run replay:record` runs this file and saves the
// histories it made under test/replay/, for replay.parts.test.ts; do that when the workflow changed on purpose.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import proto from '@temporalio/proto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
import { FLOWS, SECRETS } from '../support/recorded-flows.ts'
import { type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts'

const { History, HistoryEvent } = proto.temporal.api.history.v1
type Event = proto.temporal.api.history.v1.IHistoryEvent
let model: ScriptedModel
let desk: Everdesk
const histories = new Map<string, { id: string; events: Event[] }>()

beforeAll(async () => {
  model = await startScriptedModel()
  // Each flow stays one run, however long.
  const policy = { renewAfterEvents: 1000 }
  desk = await startEverdesk({ desk: 'test/support/desks/rehearsal.ts', model, policy })
  for (const flow of FLOWS) {
    const id = await flow.run(desk, model)
    const { events } = await desk.handle(id).fetchHistory()
    histories.set(flow.name, { id, events: events ?? [] })
    model.reset()
  }
  if (process.env['REPLAY_RECORD']) await record()
})
afterAll(async () => {
  await desk?.close()
  await model?.close()
})

async function record(): Promise<void> {
  const folder = resolve(import.meta.dirname, '../replay')
  await mkdir(folder, { recursive: true })
  for (const [name, { events }] of histories) {
    // Not historyToJSON: its protobufjs does not know the messages of this one.
    const plain = History.toObject(History.fromObject({ events }), { enums: String, bytes: String, longs: String })
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(plain)}\n`)
  }
}

const bytesOf = (events: readonly Event[]): Buffer =>
  Buffer.concat(events.map((event) => Buffer.from(HistoryEvent.encode(event).finish())))

test.each(FLOWS.map(({ name }) => name))(
  'Rule 2: the history of %s holds no word of a message, argument, result or person, in no corner of it',
  (name) => {
    const history = histories.get(name)
    expect(history?.events.length).toBeGreaterThan(5)
    const bytes = bytesOf(history?.events ?? [])
    const text = bytes.toString('utf8').toLowerCase()
    // A payload could also hide as base64 inside a text.
    const hidden = [...text.matchAll(/[a-z0-9+/]{24,}={0,2}/g)].map(([found]) => found)
    const all = text + hidden.map((found) => Buffer.from(found, 'base64').toString('latin1')).join('\n')
    // Random ids may spell a number by chance; what is looked for there is looked for outside of them.
    const outside = all.replace(
      /(conv|msg|hand|eff|appr)_[0-9a-z]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|test-[0-9a-f]{12}/g,
      '',
    )
    const found = SECRETS.filter((secret) => outside.includes(secret.toLowerCase()))
    expect(found.filter((secret) => !isAccident(secret, history?.events ?? []))).toEqual([])
  },
)

/** Short words can occur in binary data (an `@` is a length byte); they count only inside readable text. */
function isAccident(secret: string, events: readonly Event[]): boolean {
  const strings =
    bytesOf(events)
      .toString('latin1')
      .match(/[\x20-\x7e]{6,}/g) ?? []
  const text = strings
    .join('\n')
    .replace(/(conv|msg|hand|eff|appr)_[0-9a-z]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
  const pattern =
    secret === '@' ? /[a-z0-9.]+@[a-z0-9-]+\.[a-z]{2,}/i : new RegExp(`(?<![a-z0-9])${secret}(?![a-z0-9])`, 'i')
  return !pattern.test(text)
}

test('Rule 2: the check finds what it looks for', () => {
  const [event] = histories.get('three-replies')?.events ?? []
  const attributes = event?.workflowExecutionStartedEventAttributes
  const data = new TextEncoder().encode('{"text":"zanzibar for Ada Park, cust_1001"}')
  const tainted = {
    ...event,
    workflowExecutionStartedEventAttributes: { ...attributes, input: { payloads: [{ data }] } },
  }
  for (const secret of ['zanzibar', 'Ada', 'cust_1001']) expect(isAccident(secret, [tainted])).toBe(false)
  expect(isAccident('quokka', [tainted])).toBe(true)
})

test('Rule 2: failures keep a code and nothing else: no message of their own, no stack, no cause', () => {
  const failures = [...histories.values()].flatMap(({ events }) =>
    events.flatMap((event) => event.activityTaskFailedEventAttributes?.failure ?? []),
  )
  expect(failures.length).toBeGreaterThan(0)
  for (const failure of failures) {
    const type = failure.applicationFailureInfo?.type
    expect(type).toMatch(/^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)?$/)
    expect([failure.message, failure.stackTrace || '', failure.cause ?? null]).toEqual([type, '', null])
  }
})

test('C3: every activity has a one-line summary, local ones too, so that the Web UI reads as a story', () => {
  for (const { events } of histories.values()) {
    for (const event of events) {
      const markers = event.markerRecordedEventAttributes?.markerName === 'core_local_activity'
      if (!event.activityTaskScheduledEventAttributes && !markers) continue
      const summary = Buffer.from(event.userMetadata?.summary?.data ?? []).toString('utf8')
      expect(summary).toMatch(/^"[A-Z][^"\n]{5,60}"$/)
    }
  }
})

/** Events and bytes that one more turn adds to a run at rest. */
async function cost(id: string, text: string): Promise<{ events: number; bytes: number }> {
  const resting = () =>
    desk.until(async () => {
      const view = await desk.handle(id).query<{ doing: string }>('conversation')
      return view.doing === 'idle'
    }, 'the run rests')
  await resting()
  const before = ((await desk.handle(id).fetchHistory()).events ?? []).length
  await desk.send(id, text)
  await desk.until(async () => (await desk.settled(id)).at(-1)?.role === 'ai', 'the answer')
  await resting()
  const after = (await desk.handle(id).fetchHistory()).events ?? []
  const added = after.slice(before)
  return { events: added.length, bytes: bytesOf(added).length }
}

test('C3: a turn of one model call adds at most 13 events and 2,560 bytes', async () => {
  model.answers({ text: 'a' }, { text: 'b' }, { text: 'c' })
  const { conversationId } = await desk.start('[order] hello')
  await desk.settled(conversationId)
  await cost(conversationId, '[order] second')
  const third = await cost(conversationId, '[order] third')
  console.log('history of a turn with one model call:', JSON.stringify(third))
  expect(third.events).toBeLessThanOrEqual(13)
  expect(third.bytes).toBeLessThanOrEqual(2560)
})

test('C3: a turn with one read tool that the model asked for adds at most 20 events and 4,096 bytes', async () => {
  const read = { calls: [{ tool: 'get_order_status', arguments: { order: '12345' } }] }
  model.answers({ text: 'a' }, { text: 'b' }, read, { text: 'c' })
  const { conversationId } = await desk.start('[order] hello')
  await desk.settled(conversationId)
  await cost(conversationId, '[order] second')
  const third = await cost(conversationId, '[order] third')
  console.log('history of a turn with one read:', JSON.stringify(third))
  expect(third.events).toBeLessThanOrEqual(20)
  expect(third.bytes).toBeLessThanOrEqual(4096)
})
