// The transcript as one list: what was said, what happened, and what waits for a decision, each at its place and with who had
// the floor before and after it.
import type { Approval, Effect, Message, TimelineStep, Workspace } from '../../shared/desk-types.ts'
import { type Floor, floorAfter } from './floor.ts'

type What =
  | { kind: 'message'; message: Message }
  | { kind: 'event'; step: TimelineStep }
  | { kind: 'approval'; approval: Approval; before: Approval | null }
  | { kind: 'ruling'; effect: Effect }
type Placed = What & { key: string; at: string; order: number }
export type Entry = Placed & { from: Floor; to: Floor }

/** Events that stand in the transcript; the others stand in the timeline beside it. */
const SHOWN = new Set(['handoff-offered', 'handoff-claimed', 'handoff-released', 'handed-back', 'conversation-closed'])

export function entriesOf(messages: readonly Message[], workspace: Workspace): Entry[] {
  const placed: Placed[] = [
    ...messages.map((message) => ({
      kind: 'message' as const,
      message,
      key: message.id,
      at: message.created_at,
      order: message.seq,
    })),
    ...workspace.timeline
      .filter(({ type }) => SHOWN.has(type))
      .map((step) => ({ kind: 'event' as const, step, key: `event ${step.seq}`, at: step.at, order: step.seq })),
    ...workspace.approvals.filter(isShown).map((approval) => {
      const at = approval.requested_at ?? approval.expires_at
      const before = supersededBy(workspace.approvals, approval)
      return { kind: 'approval' as const, approval, before, key: approvalKey(workspace, approval), at, order: Infinity }
    }),
    ...workspace.effects
      .filter(({ state }) => state === 'unknown')
      .map((effect) => ({
        kind: 'ruling' as const,
        effect,
        key: effect.id,
        at: effect.ended_at ?? effect.created_at,
        order: Infinity,
      })),
  ]
  placed.sort((a, b) =>
    Number.isFinite(a.order) && Number.isFinite(b.order) ? a.order - b.order : Date.parse(a.at) - Date.parse(b.at),
  )
  let floor: Floor = 'ai'
  return placed.map((entry) => {
    const from = floor
    floor = entry.kind === 'event' ? floorAfter(floor, entry.step.type) : floor
    return { ...entry, from, to: floor }
  })
}

/** One that was edited gives its place to the one made from it. */
const isShown = ({ state }: Approval): boolean => state !== 'superseded'

/** The approval that this one replaced: the newest before it for the same tool that was superseded. */
function supersededBy(approvals: readonly Approval[], approval: Approval): Approval | null {
  const earlier = approvals.slice(0, approvals.indexOf(approval))
  const last = earlier.findLast(({ tool }) => tool === approval.tool)
  return last?.state === 'superseded' ? last : null
}

/** The card stays the same one while its content is replaced, so that it can say so. */
function approvalKey({ approvals }: Workspace, approval: Approval): string {
  const before = supersededBy(approvals, approval)
  return before ? approvalKey({ approvals } as Workspace, before) : approval.id
}
