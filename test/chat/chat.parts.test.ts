// The terminal client as a process of its own against a whole everdesk, through a pipe; and its session where text streams in.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createSession } from '../../scripts/chat/session.ts'
import type { Shown } from '../../scripts/chat/view.ts'
import { createClient } from '../../scripts/client/client.ts'
import { createSignIns } from '../../scripts/client/sign-in.ts'
import { writeAddresses } from '../../src/addresses.ts'
import { startHttpEverdesk, type HttpEverdesk } from '../support/http-everdesk.ts'

let http: HttpEverdesk
let home: string
beforeAll(async () => {
  http = await startHttpEverdesk()
  home = await mkdtemp(join(tmpdir(), 'everdesk-chat-'))
  await writeAddresses(home, http.addresses)
})
afterAll(async () => {
  await http.close()
  await rm(home, { recursive: true, force: true })
})

function startChat(lines: string[], args: string[] = [], from = home) {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../scripts/chat.ts'), ...args], {
    env: { PATH: process.env['PATH'], EVERDESK_HOME: from, PORT: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, lines: output.trim().split('\n') }))
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  return { ended, output: () => output }
}

test('lines are messages, each is answered before the next, and the end of the input ends it', async () => {
  const chat = startChat(['Where is my order 12345?', '', 'I want to talk to a person', 'Anybody?', '/close'])
  const { code, lines } = await chat.ended
  expect(code).toBe(0)
  expect(lines.map((line) => line.replace(/^(AI, order|notice): .*/, '$1: ...'))).toEqual([
    'you: Where is my order 12345?',
    '(looked up get_order_status)',
    'AI, order: ...',
    'you: I want to talk to a person',
    '(now with the specialist for escalation)',
    'notice: ...',
    '(handed to a person)',
    'you: Anybody?',
    '(delivered; a person answers here)',
    '(closed; a new message opens it again)',
  ])
})

test('a conversation goes on where it was left', async () => {
  const first = await startChat(['Where is my order 12345?', '/status']).ended
  const id = /conv_[0-9a-z]+/.exec(first.lines.join())?.[0] ?? ''
  const { lines } = await startChat(['/status'], ['--conversation', id]).ended
  expect(lines).toEqual([
    'you: Where is my order 12345?',
    first.lines.find((line) => line.startsWith('AI, order: ')),
    first.lines.at(-1),
    first.lines.at(-1),
  ])
})

test('an API that restarts in mid-answer costs nothing: the answer comes, once', async () => {
  const calls = async () => (await http.everdesk.ledger()).filter(({ kind }) => kind === 'model_call').length
  const before = await calls()
  await http.everdesk.fault({ target: 'model', kind: 'slow', count: 1, delay_ms: 2_500 })
  const chat = startChat(['Where is my order 12345?'])
  await vi.waitUntil(async () => (await calls()) > before, { timeout: 20_000 })
  await http.stopApi()
  await http.startApi()
  const { code, lines } = await chat.ended
  expect(code).toBe(0)
  expect(lines.filter((line) => line.startsWith('AI, order: '))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('looked up'))).toHaveLength(1)
})

test('a message that is sent while the API is away is delivered once when it is back', async () => {
  await http.stopApi()
  const chat = startChat(['Where is my order 12345?'])
  expect((await chat.ended).lines.join()).toContain('npm start')
  await http.startApi()

  const { session, end } = openSession([])
  await http.stopApi()
  const sent = session.send('Where is my order 12345?')
  await http.startApi()
  await session.settled(await sent)
  const found = await http.everdesk.db
    .selectFrom('messages')
    .select('role')
    .where('conversation_id', '=', session.id() ?? '')
    .orderBy('seq')
    .execute()
  expect(found.map(({ role }) => role)).toEqual(['customer', 'ai'])
  end()
})

test('a reply streams in, and what was shown is the whole of it', async () => {
  const things: Shown[] = []
  const { session, end } = openSession(things)
  await session.settled(await session.send('What is your warranty?'))
  await vi.waitUntil(() => things.at(-1)?.show === 'end')
  const pieces = things.flatMap((thing) => (thing.show === 'piece' ? [thing.text] : []))
  expect(pieces.length).toBeGreaterThan(1)
  const { text } = await http.everdesk.db
    .selectFrom('messages')
    .select('text')
    .where('conversation_id', '=', session.id() ?? '')
    .where('role', '=', 'ai')
    .executeTakeFirstOrThrow()
  const lastBegin = things.findLastIndex(({ show }) => show === 'begin')
  expect(
    things
      .slice(lastBegin)
      .flatMap((thing) => (thing.show === 'piece' ? [thing.text] : []))
      .join(''),
  ).toBe(text)
  end()
})

test('without an everdesk it says what to do', async () => {
  const { code, lines } = await startChat([], [], join(home, 'nothing')).ended
  expect({ code, lines }).toEqual({
    code: 1,
    lines: [
      `No everdesk answers, neither from ${join(home, 'nothing')} nor at http://localhost:1. Start one with: npm start`,
    ],
  })
})

function openSession(things: Shown[]) {
  const { api, issuer } = http.addresses
  const signIns = createSignIns(issuer)
  const leaving = new AbortController()
  const session = createSession({
    client: createClient({ api, token: (fresh) => signIns({ role: 'customer', sub: 'cust_1001' }, fresh) }),
    screen: {
      show: (more) => things.push(...more),
      note: () => undefined,
      warn: () => undefined,
      echo: () => undefined,
    },
    signal: leaving.signal,
  })
  return { session, end: () => leaving.abort() }
}
