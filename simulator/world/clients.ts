// Customers and their API: a message with an id of the client's own, sent again when nobody answered.
import { acceptMessage } from '../../src/kernel/accept-message.ts'
import { closeByCommand } from '../../src/kernel/close-by-command.ts'
import { startConversation } from '../../src/kernel/start-conversation.ts'
import { isStoreAway } from '../../src/kernel/store-errors.ts'
import { pause } from './actors.ts'
import { DESK } from './desk.ts'
import type { Customer, World } from './world.ts'

const textOf = (id: string): string => `${id.split('-')[0]} asks: where is it? (${id})`

/** Sends a message; the first one of a customer starts the conversation, and until it is known to, so does every other. */
export async function send(world: World, customer: Customer, id: string): Promise<void> {
  world.unheard = [...world.unheard.filter((one) => one.id !== id), { customer, id }]
  await world.actors.start(`POST ${id}`, async () => {
    await pause()
    try {
      const { conversation, message, repeated } = await enter(world, customer, id)
      world.say(`POST ${id}: ${message.status}${repeated ? ' (repeat)' : ''}`)
      heard(world, customer, { id, conversation: conversation.id, seq: message.seq })
      if (conversation.controlled_by === 'ai') await ring(world, conversation.id, conversation.floor)
    } catch (error) {
      refused(world, `POST ${id}`, error)
    }
  })
}

function enter(world: World, customer: Customer, id: string) {
  const message = { id, text: textOf(id), masked: false }
  if (customer.conversation === null || id === customer.start) {
    const signedIn = { id: customer.id, issuer: 'https://simulated', subject: customer.id }
    return startConversation(world.kernel, { customer: signedIn, desk: DESK.name, channel: 'web', message })
  }
  return acceptMessage(world.kernel, { conversationId: customer.conversation, customer: { id: customer.id }, message })
}

/** What a client was told must stay true however often it asks. */
function heard(world: World, customer: Customer, told: { id: string; conversation: string; seq: number }): void {
  const before = world.acknowledged.find(({ id }) => id === told.id)
  if (before && (before.conversation !== told.conversation || before.seq !== told.seq)) {
    world.broken('repeated message with another outcome')
  }
  if (!before) world.acknowledged.push(told)
  customer.conversation ??= told.conversation
  world.unheard = world.unheard.filter((one) => one.id !== told.id)
}

/** Writes into somebody else's conversation, which must be as if there were none. */
export async function intrude(world: World, customer: Customer, conversationId: string): Promise<void> {
  const id = `${customer.id}-intrusion`
  await world.actors.start(`POST ${id}`, async () => {
    await pause()
    try {
      const message = { id, text: textOf(id), masked: false }
      await acceptMessage(world.kernel, { conversationId, customer: { id: customer.id }, message })
      world.broken('message accepted into the conversation of another customer')
    } catch (error) {
      refused(world, 'intrusion', error)
    }
  })
}

export async function close(world: World, customer: Customer): Promise<void> {
  const { conversation, id } = customer
  if (conversation === null) return
  const actor = { id, name: id, role: 'customer' as const }
  await command(world, 'close by the customer', (commandId) =>
    closeByCommand(world.kernel, { conversationId: conversation, actor, commandId }).then(({ outcome }) => ({
      outcome: outcome.id,
      conversation,
    })),
  )
}

type Done = { outcome: unknown; conversation: string }

/** A command with an id of its own, kept so that it can be sent again; then a bell. */
export async function command(world: World, name: string, run: (commandId: string) => Promise<Done>): Promise<void> {
  const entry: World['commands'][number] = { name, outcome: null, send: () => Promise.resolve() }
  const commandId = `command-${world.commands.length + 1}`
  entry.send = () =>
    world.actors.start(name, async () => {
      await pause()
      try {
        const { outcome, conversation } = await run(commandId)
        const told = JSON.stringify(outcome)
        if (entry.outcome !== null && entry.outcome !== told) world.broken('repeated command with another outcome')
        entry.outcome ??= told
        world.say(`${name} (${commandId})`)
        await ring(world, conversation, Number(world.mirror.of(conversation)?.row['floor'] ?? 0))
      } catch (error) {
        refused(world, name, error)
      }
    })
  world.commands.push(entry)
  await entry.send()
}

async function ring(world: World, conversation: string, floor: number): Promise<void> {
  await pause()
  if (!world.engine.ring(conversation, floor)) world.say('the bell is lost')
}

/** A refusal with a code and a lost connection are answers; anything else is a bug. */
function refused(world: World, name: string, error: unknown): void {
  const known = error instanceof Error && error.name === 'Refusal'
  if (!known && !isStoreAway(error))
    world.broken(`the API threw: ${error instanceof Error ? error.message : String(error)}`)
  const code = known && 'code' in error ? String(error.code) : 'the store is away'
  if (name.startsWith('POST') && known) world.broken(`message refused: ${code}`)
  world.say(`${name}: ${code}`)
}
