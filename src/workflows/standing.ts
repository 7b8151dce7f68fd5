// What an operator sees of a run: search attributes, current details, and the two queries. Codes and numbers only.
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import type { Next } from '../activities/types.ts'
import { type ConversationInput, type ConversationState, SEARCH_ATTRIBUTES, type TimelineEntry } from './messages.ts'

const MOST_ENTRIES = 100

export function createStanding(input: ConversationInput) {
  let state: ConversationState = {
    status: 'starting',
    controlled_by: 'ai',
    floor: 0,
    intent: null,
    turn: null,
    doing: 'start',
    wake_at: null,
    cost_usd: '0',
  }
  const timeline: TimelineEntry[] = []
  // The only one that the bell which started the run set and that may change.
  const shown: Shown = { subjectRef: workflowInfo().typedSearchAttributes.get(SEARCH_ATTRIBUTES.subjectRef) }

  const note = (what: string): void => {
    timeline.push({ at: new Date(Date.now()).toISOString(), what })
    if (timeline.length > MOST_ENTRIES) timeline.shift()
  }
  return {
    note,
    view: () => state,
    timeline: () => timeline,
    take(next: Next): void {
      const { status, by, floor, intent, cost } = next.standing
      state = {
        status,
        controlled_by: by,
        floor,
        intent,
        turn: next.kind === 'turn' ? next.turn : state.turn,
        doing: next.kind,
        wake_at: next.kind === 'idle' && next.wakeAt !== null ? new Date(next.wakeAt).toISOString() : null,
        cost_usd: cost,
      }
      note(next.kind === 'turn' ? `turn ${next.turn}` : next.kind)
      setCurrentDetails(details(input, state))
      // A turn lasts seconds: visibility is told only where the conversation comes to rest, and only what changed.
      if (next.kind === 'idle' || next.kind === 'done') upsertChanged(shown, next)
    },
  }
}

const UPSERTED = ['status', 'controlledBy', 'intent', 'priority', 'subjectRef'] as const
type Shown = { [name in (typeof UPSERTED)[number]]?: string | undefined }

function upsertChanged(shown: Shown, { standing }: Next): void {
  const wanted = {
    status: standing.status,
    controlledBy: standing.by,
    intent: standing.intent ?? 'unknown',
    priority: standing.priority,
    // Missing in what an older release recorded: then it stays what it is.
    subjectRef: standing.subject ?? shown.subjectRef,
  }
  const changed = UPSERTED.flatMap((name) => {
    const value = wanted[name]
    return value === undefined || value === shown[name] ? [] : [{ key: SEARCH_ATTRIBUTES[name], value }]
  })
  if (changed.length === 0) return
  upsertSearchAttributes(changed)
  Object.assign(shown, wanted)
}

const details = ({ conversationId, page }: ConversationInput, state: ConversationState): string =>
  [
    `**${state.status}**, ${state.controlled_by === 'ai' ? 'the AI' : 'a person'} has the floor (${state.floor})`,
    `intent ${state.intent ?? 'none yet'}, cost $${Number(state.cost_usd).toFixed(6)}`,
    state.wake_at ? `asks the store again at ${state.wake_at}` : `doing: ${state.doing}`,
    page ? `[conversation ${conversationId}](${page})` : `conversation ${conversationId}`,
  ].join('\n\n')
