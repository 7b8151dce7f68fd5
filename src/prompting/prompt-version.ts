// Which words a specialist answered by: a short digest of everything in its prompt that is not the conversation's. It changes with
// the desk's and the specialist's instructions, its tools' descriptions, and the template around them [H7].
import { createHash } from 'node:crypto'
import type { Desk, Specialist } from '../desks/types.ts'
import { answerPrompt } from './answer-prompt.ts'

const LENGTH = 12

/** Made once a desk, since every reply asks for it. */
const known = new WeakMap<Desk, Map<Specialist | null, string>>()

/** `specialist` null: small talk. */
export function promptVersion(desk: Desk, specialist: Specialist | null): string {
  const versions = known.get(desk) ?? new Map([null, ...desk.specialists].map((one) => [one, digest(desk, one)]))
  known.set(desk, versions)
  return versions.get(specialist) ?? digest(desk, specialist)
}

function digest(desk: Desk, specialist: Specialist | null): string {
  const prompt = answerPrompt({
    desk,
    specialist,
    guest: true,
    // Every part of the template shows once, filled with nothing of anybody.
    writing: '<writing>',
    locale: '<locale>',
    timeZone: '<time zone>',
    now: '<now>',
    summary: '<summary>',
    summaryThrough: 0,
    facts: [{ kind: '<kind>', value: '<value>' }],
    handBackNote: '<note>',
    messages: [],
    turn: 1,
    steps: [],
  })
  const tools = desk.tools
    .filter(({ name }) => specialist?.tools.includes(name))
    .map(({ name, description }) => ({ name, description }))
  return createHash('sha256').update(JSON.stringify({ prompt, tools })).digest('hex').slice(0, LENGTH)
}
