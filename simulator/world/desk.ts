// A small company: writes to systems of both kinds, a read, a ticket, and limits low enough to be met in an episode.
import { z } from 'zod'
import type { AnyTool, Desk, ToolContext } from '../../src/desks/types.ts'
import { toolFor } from '../../src/desks/types.ts'
import { untrustedReadsOf, writeRulesOf } from '../../src/desks/write-rules.ts'
import { type Catalogue, TEXT_KEYS } from '../../src/domain/catalogue.ts'
import { DEFAULT_POLICY, type DeskPolicy } from '../../src/domain/policy.ts'
import type { DeskRules } from '../../src/kernel/kernel.ts'
import type { BackEnd } from './back-end.ts'
import { pause } from './actors.ts'

type Systems = { backEnd: BackEnd }
type Input = { order: string; amount: number }
const defineTool = toolFor<Systems>()

const second = 1000
export const POLICY: DeskPolicy = {
  ...DEFAULT_POLICY,
  version: 'simulated-1',
  timers: { followUpAfter: 60 * second, resolveAfter: 90 * second, closeAfter: 120 * second },
  turn: { ...DEFAULT_POLICY.turn, deadline: 90 * second, rounds: 3, failedToolCalls: 2, toolCallsPerReply: 2 },
  budgetUsd: 0.05,
  people: {
    hours: null,
    claim: { low: 90 * second, normal: 60 * second, high: 45 * second, urgent: 30 * second },
    firstWord: { low: 60 * second, normal: 45 * second, high: 30 * second, urgent: 20 * second },
    nextWord: { low: 90 * second, normal: 60 * second, high: 45 * second, urgent: 30 * second },
    quiet: 300 * second,
    pageAtMost: 120 * second,
    teams: ['billing'],
  },
  effects: { sendLease: 6 * second, retryFirst: second, retryMost: 10 * second },
  approvals: {
    freeUpTo: Object.fromEntries(['keyed', 'bare', 'locked_keyed', 'locked_bare'].map((kind) => [kind, { cents: 1 }])),
    dailyCents: null,
    askWhenTainted: true,
    steps: [
      { upTo: 1, role: 'agent', people: 1 },
      { upTo: null, role: 'supervisor', people: 2 },
    ],
    expiresAfter: 60 * second,
  },
  renewAfterEvents: 60,
}

const input: z.ZodType<Input> = z.strictObject({ order: z.string(), amount: z.number() })
/** What two writes must not do at once. */
export const businessKey = ({ order }: Input): string => `order/${order}`

function write(name: string, deduplicates: boolean): AnyTool {
  const sent = (key: ToolContext<Systems>, arguments_: Input) => ({
    key: key.key,
    tool: name,
    conversation: key.conversationId,
    customer: key.customerId,
    input: JSON.stringify(arguments_),
    deduplicates,
  })
  return defineTool<Input>({
    name,
    description: name,
    input,
    effect: 'write',
    timeout: 10_000_000,
    deduplicates,
    ...(name.startsWith('locked') ? { businessKey } : {}),
    amount: ({ amount }) => ({ cents: amount, currency: 'USD' }),
    edit: () => null,
    async authorize() {
      await pause()
      return { decision: 'allow' }
    },
    async execute(arguments_, context) {
      const outcome = await context.systems.backEnd.write(sent(context, arguments_))
      return { outcome, data: { outcome } }
    },
    async lookUp(_, context) {
      return (await context.systems.backEnd.lookUp(context.key)) ? { outcome: 'ok', data: { found: true } } : null
    },
  }) as AnyTool
}

const ticket = defineTool<{ summary: string }>({
  name: 'create_ticket',
  description: 'create_ticket',
  input: z.strictObject({ summary: z.string() }),
  effect: 'write',
  timeout: 10_000_000,
  deduplicates: true,
  async authorize() {
    await pause()
    return { decision: 'allow' }
  },
  async execute(arguments_, context) {
    const { key, conversationId: conversation, customerId: customer } = context
    const sent = { key, tool: 'create_ticket', conversation, customer, input: arguments_.summary, deduplicates: true }
    const outcome = await context.systems.backEnd.write(sent)
    return { outcome, data: { ticket: key } }
  },
  async lookUp(_, context) {
    return (await context.systems.backEnd.lookUp(context.key)) ? { outcome: 'ok', data: { ticket: context.key } } : null
  },
}) as AnyTool

const read = defineTool<Input>({
  name: 'read_order',
  description: 'read_order',
  input,
  effect: 'read',
  timeout: 10_000_000,
  async execute({ order }, { customerId }) {
    await pause()
    return { outcome: 'ok', data: { order, customer: customerId } }
  },
}) as AnyTool

const TOOLS: AnyTool[] = [
  write('keyed', true),
  write('bare', false),
  write('locked_keyed', true),
  write('locked_bare', false),
  read,
  ticket,
]
/** What the model may ask for. */
export const CALLABLE = ['keyed', 'bare', 'locked_keyed', 'locked_bare', 'read_order', 'no_such_tool']

const catalogue: Catalogue = {
  en: Object.fromEntries(TEXT_KEYS.map((key) => [key, `text: ${key}`])) as Catalogue['en'],
}

export const DESK: Desk = {
  name: 'simulated',
  instructions: 'Help.',
  specialists: [
    {
      name: 'orders',
      intent: 'order',
      description: 'orders',
      instructions: 'Help.',
      tools: TOOLS.map(({ name }) => name),
    },
  ],
  tools: TOOLS,
  routingRules: [{ name: 'all', decide: () => ({ intent: 'order', confidence: 1 }) }],
  policy: POLICY,
  catalogue,
  facts: [],
  linkHosts: [],
  ticket: {
    tool: 'create_ticket',
    input: (brief) => ({ summary: brief.reason }),
    ticketId: (data) => {
      const id = data !== null && typeof data === 'object' && 'ticket' in data ? data['ticket'] : null
      return typeof id === 'string' ? id : null
    },
  },
  systems: () => null,
}

export const DESK_RULES: DeskRules = {
  ...DESK,
  writes: writeRulesOf(DESK),
  untrusted: untrustedReadsOf(DESK),
  intents: ['none', 'order'],
  specialistOf: (intent) => (intent === 'order' ? 'orders' : null),
  publicTools: new Set(),
}
