// Plays the specialist: understands the turn, calls what is offered, and tells what came back.
import { fillArguments, pickFamily } from './arguments.ts'
import { describeResult } from './describe-result.ts'
import { mendCall } from './mend-call.ts'
import type { ModelReply } from './model-reply.ts'
import type { ChatRequest, OfferedTool } from './request.ts'
import { inCommon, otherCall } from './other-tools.ts'
import { notUnderstood, smallTalk } from './small-talk.ts'
import { nextStep } from './steps.ts'
import type { PlannedCall, Step } from './steps.ts'
import { familyOf, roleOfName, rolesOf } from './tool-roles.ts'
import { turnsOf } from './transcript.ts'
import type { ToolResult, Turn } from './transcript.ts'
import { understand } from './understanding.ts'
import type { Wish } from './wishes.ts'
import { contentStems } from './words.ts'

/** The next message of the specialist. */
export function converse(chat: ChatRequest): ModelReply {
  const turns = turnsOf(chat.messages)
  const turn = turns.at(-1) ?? { customer: [], results: [], answer: '' }
  const { text, wishes: understood, talkedAbout } = understand(turns)
  const wishes = understood.length > 0 ? understood : questionFor(text, instructionsOf(chat))
  const other = otherCall(chat.tools, text)
  if (other && !wasMade(other, turn)) return { text: '', calls: [other] }
  if (wishes.length === 0 && turn.results.length === 0) return say(smallTalk(text) ?? notUnderstood(text))
  const roles = rolesOf(chat.tools)
  const situation = { roles, results: turn.results, ...(talkedAbout === undefined ? {} : { talkedAbout }) }
  const steps = wishes.map((wish): [Wish, Step] => [wish, nextStep(wish, situation)])
  const calls = steps.flatMap(([, step]) => ('calls' in step ? step.calls : []))
  const fresh = [...mendCall(chat.tools, turn.results), ...calls].filter((call) => !wasMade(call, turn))
  if (fresh.length > 0) return { text: '', calls: dedupe(fresh) }
  const unserved = steps.filter(([, step]) => 'unserved' in step).map(([wish]) => wish)
  const more = unserved.length > 0 && chat.tools.find(({ name }) => name === 'more_tools')
  if (more && !wasMade({ name: more.name, arguments: {} }, turn)) {
    return { text: '', calls: [{ name: more.name, arguments: {} }] }
  }
  // No colleague sees more of somebody who is not signed in.
  const isGuest = NOT_SIGNED_IN.test(instructionsOf(chat))
  const transfer = isGuest ? undefined : transferCall(unserved, roles.get('transfer'), turn)
  if (transfer) return { text: '', calls: [transfer] }
  const earlier = turns
    .slice(0, -1)
    .map((before) => before.answer)
    .join('\n')
  return say(answer(chat, turn, earlier, steps, unserved))
}

function instructionsOf(chat: ChatRequest): string {
  const system = chat.messages.filter((message) => message.role === 'system')
  return system.map((message) => message.text).join('\n')
}

/** A question of no known kind, in words of the specialist's own instructions, may still be answered by an article. */
function questionFor(text: string, instructions: string): Wish[] {
  if (inCommon(contentStems(text), instructions) < 2) return []
  const asks = /\?\W*$|^\W*(what|when|where|why|how|who|which|do|does|can|is|are)\b/i.test(text)
  return asks && smallTalk(text) === undefined ? [{ kind: 'knowledge', text, orders: [] }] : []
}

const NOT_SIGNED_IN = /\bguest and not signed in\b/
const CANNOT = 'I cannot do that from here. Would you like me to bring in a person?'
const SIGN_IN =
  'You are not signed in, so I see no order or account of yours. Sign in here and we go on with this; or shall I bring in a person?'

/** What the results say, then what is still to be asked. */
function answer(chat: ChatRequest, turn: Turn, earlier: string, steps: [Wish, Step][], unserved: Wish[]): string {
  const questions = steps.flatMap(([, step]) => ('ask' in step ? [step.ask] : []))
  const instructions = instructionsOf(chat)
  const last = turn.results.filter(
    (result, index) =>
      !turn.results
        .slice(index + 1)
        .some((later) => later.call.name === result.call.name && (mended(result.text) || isSearch(result))),
  )
  const again = steps.some(([wish]) => wish.again === true)
  // A question back about a device or an order makes what was only looked up for it no answer yet.
  const asking = steps.filter(([, step]) => 'ask' in step).map(([wish]) => wish.kind)
  const told = last
    .filter((result) => !supersededByChange(result, turn.results))
    .filter((result) => questions.length === 0 || !/list|status/.test(String(roleOfName(result.call.name))))
    .filter((result) => !isSearch(result) || (!asking.includes('knowledge') && wantsKnowledge(steps, result)))
    .map((result) => {
      const searched = wordsOfCall(result.call.arguments)
      return describeResult(result, {
        question: turn.customer.join(' '),
        searched,
        instructions,
        told: again ? earlier : '',
      })
    })
  if (unserved.length > 0) told.push(NOT_SIGNED_IN.test(instructions) ? SIGN_IN : CANNOT)
  const text = [...new Set([...told, ...questions])].filter((part) => part !== '').join('\n\n')
  return text === '' ? (smallTalk(turn.customer.join('\n')) ?? notUnderstood(turn.customer.join('\n'))) : text
}

/** A look at an order before it was changed in the same turn is old news. */
function supersededByChange(result: ToolResult, results: ToolResult[]): boolean {
  if (roleOfName(result.call.name) !== 'order_status') return false
  const numbers = Object.values(result.call.arguments)
  return results.some(
    (other) =>
      /^(cancel|modify|refund)$/.test(String(roleOfName(other.call.name))) &&
      Object.values(other.call.arguments).some((value) => numbers.includes(value)),
  )
}

function isSearch(result: ToolResult): boolean {
  return roleOfName(result.call.name) === 'knowledge'
}

/** What was looked up before the model was asked need not be what the customer wants: an order's question has its own answer. */
function wantsKnowledge(steps: [Wish, Step][], result: ToolResult): boolean {
  return (
    steps.length === 0 ||
    !isSearch(result) ||
    steps.some(([wish]) => wish.kind === 'knowledge' || wish.kind === 'person')
  )
}

function wordsOfCall(args: Record<string, unknown>): string {
  return Object.values(args)
    .filter((value) => typeof value === 'string')
    .join(' ')
}

/** A transfer to the specialist of the first wish nobody here can serve; at most two in a turn, never twice to the same. */
function transferCall(unserved: Wish[], tool: OfferedTool | undefined, turn: Turn): PlannedCall | undefined {
  const [wish] = unserved
  if (!wish || !tool) return undefined
  const made = turn.results.filter((result) => roleOfName(result.call.name) === 'transfer')
  if (made.length >= 2) return undefined
  const offered = Object.values(tool.parameters.properties ?? {}).flatMap((schema) => schema.enum ?? [])
  const to = pickFamily(offered.map(String), familyOf[wish.kind])
  if (to === undefined || made.some((result) => Object.values(result.call.arguments).includes(to))) return undefined
  const reason = `The customer's question is about ${wish.kind.replaceAll('_', ' ')}`
  return { name: tool.name, arguments: fillArguments(tool, { to, reason }) }
}

function wasMade(call: PlannedCall, turn: Turn): boolean {
  const wanted = JSON.stringify([call.name, call.arguments])
  return turn.results.some((result) => JSON.stringify([result.call.name, result.call.arguments]) === wanted)
}

function mended(text: string): boolean {
  return /error|invalid/i.test(text)
}

function dedupe(calls: PlannedCall[]): PlannedCall[] {
  return [...new Map(calls.map((call) => [JSON.stringify([call.name, call.arguments]), call])).values()]
}

function say(text: string): ModelReply {
  return { text, calls: [] }
}
