// One conversation of each kind, whose history is read for text, counted, and saved for replay.
// Everything personal that is said in them is listed, so that the test knows what to look for.
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import type { Everdesk } from './everdesk.ts'
import type { ScriptedModel } from './scripted-model.ts'

/** What no history may hold: words of messages, arguments, tool results, people and their data. */
export const SECRETS = [
  'zanzibar',
  'quokka',
  'marzipan',
  'goodwill',
  'be kind to',
  '12345',
  '12346',
  '22345',
  'ZX81',
  'cust_1001',
  'Ada',
  'Park',
  'Mia',
  '@',
  'scripted',
  'never works',
]

export type Flow = { name: string; run: (desk: Everdesk, model: ScriptedModel) => Promise<string> }

const call = (tool: string, args: Record<string, unknown> = {}) => ({ tool, arguments: args })
async function talk(desk: Everdesk, model: ScriptedModel, text: string, into?: string): Promise<string> {
  void model
  const id = into ?? (await desk.start(text)).conversationId
  if (into) await desk.send(into, text)
  await desk.settled(id)
  return id
}
const idle = (desk: Everdesk, id: string) =>
  desk.until(async () => (await desk.handle(id).query<{ doing: string }>('conversation')).doing === 'idle', 'idle')
const over = (desk: Everdesk, id: string) =>
  desk.until(async () => (await desk.handle(id).describe()).status.name !== 'RUNNING', 'the end')

export const FLOWS: readonly Flow[] = [
  {
    name: 'three-replies',
    async run(desk, model) {
      model.answers({ text: 'marzipan one' }, { text: 'marzipan two' }, { text: 'marzipan three' })
      const id = await talk(desk, model, '[order] zanzibar 12345')
      await talk(desk, model, '[account] quokka', id)
      await talk(desk, model, '[tech_support] zanzibar', id)
      await idle(desk, id)
      return id
    },
  },
  {
    name: 'reads-and-router',
    async run(desk, model) {
      model.routes({ intent: 'order', confidence: 0.9 })
      model.answers(
        { calls: [call('get_order_status', { order: '12345' }), call('search_knowledge_base', { query: 'quokka' })] },
        { calls: [call('failing_read', { number: 1 }), call('unknown_quokka')] },
        { text: 'marzipan ZX81-5512-9034' },
      )
      const id = await talk(desk, model, 'zanzibar?')
      await idle(desk, id)
      return id
    },
  },
  {
    name: 'write-and-lost-answer',
    async run(desk, model) {
      await desk.fault({ target: 'billing', kind: 'drop-after-effect', operation: 'ApplyCredit', count: 1 })
      model.answers({ calls: [call('apply_credit', { cents: 105 })] }, { text: 'marzipan credit' })
      const id = await talk(desk, model, '[account] zanzibar credit')
      await idle(desk, id)
      return id
    },
  },
  {
    name: 'person-and-back',
    async run(desk, model) {
      model.answers({ text: 'marzipan first' })
      const id = await talk(desk, model, '[order] zanzibar')
      const handle = desk.handle(id)
      await handle.signal('escalate', { reason: 'anger' })
      await handle.signal('takeOver', { agent_id: 'agent_7' })
      await desk.until(async () => {
        const handoff = await desk.db
          .selectFrom('handoffs')
          .selectAll()
          .where('conversation_id', '=', id)
          .executeTakeFirst()
        return handoff?.state === 'claimed' && handoff.ticket_id !== null
      }, 'the claim')
      await talk(desk, model, '[order] quokka', id)
      model.answers({ text: 'marzipan again' })
      await handle.signal('handBack', {})
      await desk.until(async () => (await desk.settled(id)).at(-1)?.role === 'ai', 'the answer')
      await closeByCommand(desk.kernel, {
        conversationId: id,
        actor: { id: 'agent_7', name: 'Somebody', role: 'agent' },
      })
      await handle.signal('closeRequested', {})
      await over(desk, id)
      return id
    },
  },
  {
    name: 'cancelled-by-escalation',
    async run(desk, model) {
      const before = model.calls.length
      model.answers({ pieces: ['marzipan '], release: new Promise(() => {}) })
      const { conversationId: id } = await desk.start('[order] zanzibar')
      await desk.until(async () => model.calls.length > before, 'the model is asked')
      await desk.handle(id).signal('escalate', { reason: 'anger' })
      await desk.until(async () => (await desk.conversation(id)).ticket_id, 'the ticket')
      await idle(desk, id)
      return id
    },
  },
  {
    name: 'model-gone',
    async run(desk, model) {
      model.answers({ status: 400 })
      const id = await talk(desk, model, '[order] zanzibar')
      await desk.until(async () => (await desk.conversation(id)).ticket_id, 'the ticket')
      await idle(desk, id)
      return id
    },
  },
  {
    name: 'summary-beside',
    async run(desk, model) {
      model.answers({ text: 'marzipan 0' })
      const id = await talk(desk, model, '[order] zanzibar 12345')
      model.summaries('quokka summary')
      for (let n = 1; n <= 11; n += 1) {
        model.answers({ text: `marzipan ${n}` })
        await talk(desk, model, `[order] zanzibar ${n}`, id)
      }
      await desk.until(async () => (await desk.conversation(id)).summary, 'the summary')
      await idle(desk, id)
      return id
    },
  },
]
