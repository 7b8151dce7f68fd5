// What a person might do first, and a reply to begin with: by the reason of the handoff and what the tools said last. Made by
// code at the offer, so it is there at once; a person edits it or leaves it.
import type { HandoffReason } from './escalation.ts'

export type Tried = { tool: string; outcome: string; came_back: string }
export type Suggestion = { suggested_next_step: string; suggested_reply: string | null }

type Reply = { en: string; de: string }
type Row = { step: string; reply: Reply | null }

const HELLO: Reply = {
  en: 'Hello{name}. I have read all of this and take it from here{about}.',
  de: 'Guten Tag{name}. Ich habe alles gelesen und kümmere mich jetzt darum{about}.',
}
const LOOKING: Reply = {
  en: 'Hello{name}. I have read all of this. I look into it{about} now and write here as soon as I know more.',
  de: 'Guten Tag{name}. Ich habe alles gelesen. Ich sehe es mir jetzt an{about} und schreibe hier, sobald ich mehr weiß.',
}
const SORRY: Reply = {
  en: 'Hello{name}. I am sorry for the trouble{about}. I have read all of this; tell me what would put it right, and I see what I can do.',
  de: 'Guten Tag{name}. Der Ärger tut mir leid{about}. Ich habe alles gelesen; sagen Sie mir, was helfen würde, und ich sehe, was ich tun kann.',
}
const SAFE: Reply = {
  en: 'Hello{name}. Is everybody safe? Please stop using the device and stay away from it. Tell me what happened.',
  de: 'Guten Tag{name}. Sind alle in Sicherheit? Bitte benutzen Sie das Gerät nicht mehr und halten Sie Abstand. Was ist geschehen?',
}
const UNSURE: Reply = {
  en: 'Hello{name}. I am checking{about} whether the change was made. Nothing is done twice; I write here what I find.',
  de: 'Guten Tag{name}. Ich prüfe{about}, ob die Änderung gemacht wurde. Nichts geschieht doppelt; ich schreibe hier, was ich finde.',
}

const ROWS: Record<HandoffReason, Row> = {
  person_requested: { step: 'Greet and take over: the customer asked for a person.', reply: HELLO },
  anger: { step: 'Own the problem first, then solve it: the customer is angry.', reply: SORRY },
  low_confidence: { step: 'Find out what the customer needs: the AI was not sure.', reply: HELLO },
  repeated_failure: { step: 'Do it by hand: {failed} failed.', reply: LOOKING },
  too_many_steps: { step: 'Finish what the AI began: it needed too many steps.', reply: LOOKING },
  budget: { step: 'Go on by hand: the budget of this conversation is used up.', reply: HELLO },
  policy: { step: 'Decide: the change needs the consent of a person.', reply: LOOKING },
  safety: { step: 'Make sure that everybody is safe, before anything else. Call if you can.', reply: SAFE },
  unknown_outcome: { step: 'Look in the business system whether {unknown} happened, then rule on it.', reply: UNSURE },
  model_unavailable: { step: 'Answer the question: the AI could not be reached.', reply: LOOKING },
  deadline: { step: 'Answer the question: the AI did not finish in time.', reply: LOOKING },
  operator: { step: 'Read on: an operator asked for a person.', reply: null },
  taken_over: { step: 'Read on: a person took over.', reply: null },
}

export function suggest(about: {
  reason: HandoffReason
  tried: readonly Tried[]
  facts: readonly { kind: string; value: string }[]
  customerName: string | null
  locale: string
}): Suggestion {
  const { step, reply } = ROWS[about.reason]
  const last = (outcomes: string[]) => about.tried.findLast(({ outcome }) => outcomes.includes(outcome))?.tool
  const tools: Record<string, string> = {
    failed: last(['failed', 'invalid', 'refused']) ?? 'a tool',
    unknown: last(['unknown']) ?? 'the change',
  }
  const fact = about.facts.findLast(({ kind }) => kind !== 'name')
  const german = about.locale.split('-')[0] === 'de'
  const words: Record<string, string> = {
    name: about.customerName === null ? '' : ` ${about.customerName.split(' ')[0]}`,
    about: fact ? ` (${german && fact.kind === 'order' ? 'Bestellung' : fact.kind} ${fact.value})` : '',
  }
  return {
    suggested_next_step: fill(step, tools),
    suggested_reply: reply && fill(german ? reply.de : reply.en, words),
  }
}

const fill = (text: string, words: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(words, name) ? (words[name] ?? '') : whole))
