// The engine that makes things happen: one run a conversation, tasks with attempts, bells. Runs are plain data, so that they
// can be lost, terminated, and put back from an older copy while attempts of before still go on.
import type { Activities, Next, OperatorCommand } from '../../src/activities/types.ts'

export type TaskName = keyof Activities
export type Task = {
  id: number
  name: TaskName
  input: Record<string, unknown>
  /** Started so far; the number of the latest one. */
  attempts: number
  /** When it was scheduled. */
  since: number
  ended: { ok: unknown } | { failed: string | null } | null
}
export type Command = OperatorCommand extends infer T
  ? T extends OperatorCommand
    ? Omit<T, 'conversationId'>
    : never
  : never
export type TurnAtWork = {
  turn: number
  floor: number
  deadline: number
  round: number
  writes: string[]
  cancelled: boolean
}
export type Run = {
  id: number
  conversation: string
  phase: 'ask' | 'asked' | 'answer' | 'reads' | 'write' | 'failing' | 'settle' | 'idle' | 'done'
  bell: boolean
  bellFloor: number
  commands: Command[]
  ordinal: number
  /** Grows with what is done, as a history does. */
  events: number
  tasks: Task[]
  nextTask: number
  /** Tasks the loop waits for. */
  waiting: number[]
  commandTask: number | null
  commandFailures: number
  timer: number | null
  renew: boolean
  turn: TurnAtWork | null
  lastNext: Next['kind'] | null
}

export class Engine {
  up = true
  runs = new Map<string, Run>()
  private copy: Map<string, Run> | null = null
  private nextRun = 1
  private readonly log: (line: string) => void

  constructor(log: (line: string) => void) {
    this.log = log
  }

  /** signalWithStart: false when nobody is there to hear it. */
  ring(conversation: string, floor: number): boolean {
    if (!this.up) return false
    const run = this.runs.get(conversation) ?? this.begin(conversation)
    run.bell = true
    run.bellFloor = Math.max(run.bellFloor, floor)
    return true
  }

  /** An operator's signal reaches a run that is there, or nobody. */
  signal(conversation: string, command: Omit<OperatorCommand, 'conversationId' | 'id'>): void {
    const run = this.up ? this.runs.get(conversation) : undefined
    if (!run) return
    run.ordinal += 1
    run.commands.push({ ...command, id: `run-${run.id}/${run.ordinal}` } as Command)
    this.log(`operator signals ${command.kind}`)
  }

  begin(conversation: string): Run {
    const run: Run = {
      id: this.nextRun,
      conversation,
      phase: 'ask',
      bell: false,
      bellFloor: 0,
      commands: [],
      ordinal: 0,
      events: 0,
      tasks: [],
      nextTask: 1,
      waiting: [],
      commandTask: null,
      commandFailures: 0,
      timer: null,
      renew: false,
      turn: null,
      lastNext: null,
    }
    this.nextRun += 1
    this.runs.set(conversation, run)
    return run
  }

  terminate(conversation: string): void {
    if (this.runs.delete(conversation)) this.log('run terminated')
  }

  lose(): void {
    if (this.runs.size > 0) this.log('engine lost everything')
    this.runs.clear()
  }

  takeCopy(): void {
    this.copy = structuredClone(this.runs)
  }

  putCopyBack(): void {
    if (!this.copy) return
    this.runs = structuredClone(this.copy)
    this.log('older copy of the engine put back')
  }

  forgetCopy(): void {
    this.copy = null
  }

  /** An attempt reports; whether anybody still waits for it is decided by run, task and attempt number, as the engine does. */
  report(
    of: { conversation: string; run: number; task: number; attempt: number },
    ended: NonNullable<Task['ended']>,
  ): boolean {
    const task = this.taskOf(of)
    if (!task || task.ended || task.attempts !== of.attempt) return false
    task.ended = ended
    return true
  }

  taskOf(of: { conversation: string; run: number; task: number }): Task | undefined {
    const run = this.up ? this.runs.get(of.conversation) : undefined
    return run?.id === of.run ? run.tasks.find((task) => task.id === of.task) : undefined
  }
}
