// What the workflow may ask of the world. Plain JSON only; ids, decisions, digests, codes and numbers, because every input and
// result is kept in history. Each result names its turn and round, so that an unexpected one is recognised and asked again.
import type { Next } from '../kernel/next.ts'

export type { Next } from '../kernel/next.ts'

export type TurnRef = { conversationId: string; turn: number }

export type Call = { call: string; tool: string; effect: 'read' | 'write'; quick: boolean; digest: string }

export type Answered = { turn: number; round: number } & (
  | { kind: 'tools'; calls: Call[] }
  /** The turn has ended; `summarise` says that a new summary is due, `next` that there is nothing to do now. */
  | { kind: 'replied'; summarise: boolean; next?: Extract<Next, { kind: 'idle' }> }
  | { kind: 'handed_off'; reason: string }
  | { kind: 'stale' }
)

export type OperatorCommand = { conversationId: string; id: string } & (
  | { kind: 'escalate'; reason: string }
  | { kind: 'takeOver'; agentId: string }
  | { kind: 'handBack' }
)

export interface Activities {
  /** `events` is the run's history length; the desk's policy says when a run should renew itself. */
  takeNext(input: { conversationId: string; events: number }): Promise<Next>
  classify(input: TurnRef): Promise<{ kind: 'routed' | 'asked' | 'handed_off' | 'stale'; turn: number }>
  /** `events` as for takeNext. */
  answer(input: TurnRef & { round: number; events: number }): Promise<Answered>
  runRead(input: TurnRef & { call: string }): Promise<{ outcome: string }>
  runWrite(input: TurnRef & { call: string }): Promise<{ outcome: string }>
  /** A write whose turn ended, or that a handoff promised. */
  settleEffect(input: { conversationId: string; effect: string }): Promise<{ outcome: string }>
  failTurn(input: TurnRef & { reason: 'deadline' | 'model_unavailable' }): Promise<{ outcome: string }>
  summarise(input: { conversationId: string }): Promise<{ outcome: string }>
  operatorCommand(input: OperatorCommand): Promise<{ outcome: string; floor: number }>
}
