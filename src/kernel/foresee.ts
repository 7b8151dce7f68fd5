// The turn that waiting messages will begin if nothing comes between, for a worker that heard of them before their run did.
// It locks nothing and changes nothing; take-messages.ts holds it against the row before anything of it counts.
import { type Prefetch, routeForGuest } from '../domain/routing.ts'
import { knownOf, messagesFor, type PromptMaterial } from './answer-material.ts'
import { limitReached } from './begin-answer.ts'
import { ruled } from './begin-turn.ts'
import { deskRules, type Kernel } from './kernel.ts'

export type Foreseen = {
  /** The row's marks of change. Every change of a conversation moves one of them. */
  seen: { lastSeq: number; updatedAt: number }
  /** To be made before the model is asked. */
  reads: Prefetch[]
  /** But for the steps: these are what the reads come back with. */
  material: Omit<PromptMaterial, 'steps'>
}

/** Null when no turn would begin, or none whose first step is a model call that needs no router. */
export async function foresee(kernel: Kernel, conversationId: string): Promise<Foreseen | null> {
  // The row first: what is read after it is at least as new, so it is the row's own if that has not changed when it is locked.
  const row = await kernel.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', conversationId)
    .where('tenant_id', '=', kernel.tenant)
    .executeTakeFirst()
  if (!row || row.open_turn !== null || row.controlled_by !== 'ai') return null
  const desk = deskRules(kernel, row.desk)
  if (limitReached({ row, desk }, { round: 1, failedToolCalls: 0 })) return null
  const turn = row.last_turn + 1
  const messages = await messagesFor(kernel.db, { row, desk, waiting: true })
  const asked = messages.filter(({ status }) => status === 'accepted')
  if (asked.length === 0) return null
  const { facts, found } = ruled(desk, row, asked.map(({ text }) => text).join('\n'))
  const route = found && row.guest ? routeForGuest(found, desk.publicTools) : found
  if (!route || route.escalate || route.text) return null
  return {
    seen: { lastSeq: row.last_seq, updatedAt: row.updated_at.getTime() },
    reads: route.prefetch ?? [],
    material: {
      ...knownOf(row),
      facts,
      messages: messages.map((message) => (message.status === 'accepted' ? { ...message, turn } : message)),
      turn: { number: turn, started_at: kernel.now(), specialist: desk.specialistOf(route.intent) },
    },
  }
}
