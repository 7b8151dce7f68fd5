// The conversation's loop as src/workflows/conversation.ts and turn.ts have it, as plain data: it asks the store what is
// next, does it, and asks again. One call carries a run as far as it comes without anybody's help.
import type { Answered, Call, Next } from '../../src/activities/types.ts'
import type { Engine, Run, Task, TaskName } from './engine.ts'

/** As src/workflows/activity-options.ts: all attempts of a write, in milliseconds. */
const WRITE_WITHIN = 50_000
const MOST_FAILURES = 3
const EVENTS_OF = { local: 4, regular: 6 }
const LOCAL: readonly TaskName[] = ['takeNext', 'failTurn', 'operatorCommand']

export function advance(engine: Engine, run: Run, now: number): void {
  if (!engine.up || engine.runs.get(run.conversation) !== run) return
  // Bounded: each turn of this loop schedules something, ends something, or stops.
  for (let moves = 0; moves < 50 && move(engine, run, now); moves += 1);
}

function schedule(run: Run, now: number, name: TaskName, input: Record<string, unknown>): number {
  const id = run.nextTask
  run.nextTask += 1
  run.tasks.push({
    id,
    name,
    input: { conversationId: run.conversation, ...input },
    attempts: 0,
    since: now,
    ended: null,
  })
  run.events += LOCAL.includes(name) ? EVENTS_OF.local : EVENTS_OF.regular
  return id
}

/** The ended tasks of these, taken off the run; null while one of them is not. */
function take(run: Run, ids: number[]): Task[] | null {
  const tasks = run.tasks.filter((task) => ids.includes(task.id))
  if (tasks.some((task) => task.ended === null)) return null
  run.tasks = run.tasks.filter((task) => !ids.includes(task.id))
  return tasks
}

/** Forgets what it waits for: an attempt that still works on it reports to nobody. */
function drop(run: Run): void {
  run.tasks = run.tasks.filter((task) => !run.waiting.includes(task.id))
  run.waiting = []
}

function move(engine: Engine, run: Run, now: number): boolean {
  if (carryOutCommands(run, now)) return true
  if (run.turn && !run.turn.cancelled && run.bellFloor > run.turn.floor) {
    run.bellFloor = 0
    run.turn.cancelled = true
    // What may already have happened is seen through to its end.
    if (run.phase === 'answer' || run.phase === 'reads') return again(run)
    return true
  }
  switch (run.phase) {
    case 'ask':
      if (run.commands.length > 0) return false
      run.bell = false
      run.turn = null
      run.waiting = [schedule(run, now, 'takeNext', { events: run.events })]
      run.phase = 'asked'
      return true
    case 'asked':
      return asked(engine, run, now)
    case 'answer':
      return answered(run, now)
    case 'reads':
      if (!take(run, run.waiting)) return late(run, now)
      run.waiting = []
      return nextWrite(run, now)
    case 'write': {
      const written = take(run, run.waiting)
      if (!written) {
        const [task] = run.tasks.filter(({ id }) => run.waiting.includes(id))
        if (!task || now <= task.since + WRITE_WITHIN) return false
        drop(run)
      }
      return nextWrite(run, now)
    }
    case 'failing':
    case 'settle':
      return take(run, run.waiting) ? again(run) : false
    case 'idle': {
      if (run.renew && run.commands.length === 0) return renew(engine, run)
      const fired = run.timer !== null && now >= run.timer
      if (!run.bell && !fired && run.commands.length === 0) return false
      if (fired) run.timer = null
      return again(run)
    }
    case 'done':
      if (run.bell || run.commands.length > 0) return again(run)
      engine.runs.delete(run.conversation)
      return false
  }
}

function again(run: Run): true {
  drop(run)
  run.phase = 'ask'
  run.turn = null
  return true
}

function renew(engine: Engine, run: Run): boolean {
  engine.begin(run.conversation)
  run.tasks = []
  return false
}

function asked(engine: Engine, run: Run, now: number): boolean {
  const [task] = take(run, run.waiting) ?? []
  if (!task) return false
  const next = okOf(task) as Next | undefined
  if (!next || typeof next !== 'object' || !('kind' in next)) return again(run)
  run.lastNext = next.kind
  switch (next.kind) {
    case 'turn': {
      const { turn, deadline, round } = next
      run.turn = { turn, deadline, round, floor: next.standing.floor, writes: [], cancelled: false }
      return ask(run, now)
    }
    case 'settle':
      run.waiting = [schedule(run, now, 'settleEffect', { effect: next.effect })]
      run.phase = 'settle'
      return true
    case 'idle':
      run.renew = next.renew === true
      // A running timer is left alone unless the new time is earlier.
      if (next.wakeAt !== null && (run.timer === null || next.wakeAt < run.timer))
        run.timer = Math.max(now + 100, next.wakeAt)
      run.phase = 'idle'
      return true
    case 'done':
      run.phase = 'done'
      return true
    default:
      // The result of another activity: an older copy of the engine was put back.
      return again(run)
  }
}

function ask(run: Run, now: number): boolean {
  const { turn } = run
  if (!turn || turn.cancelled) return again(run)
  run.waiting = [schedule(run, now, 'answer', { turn: turn.turn, round: turn.round })]
  run.phase = 'answer'
  return true
}

function answered(run: Run, now: number): boolean {
  const { turn } = run
  const [task] = take(run, run.waiting) ?? []
  if (!turn) return again(run)
  if (!task) return late(run, now)
  if (task.ended && 'failed' in task.ended) {
    const isLate = now >= turn.deadline
    if (!isLate && task.ended.failed === 'StoreError.Unavailable') return again(run)
    return fail(run, now, isLate ? 'deadline' : 'model_unavailable')
  }
  const result = okOf(task) as Answered | undefined
  if (!result || result.turn !== turn.turn || result.round !== turn.round || result.kind !== 'tools') return again(run)
  const reads = result.calls.filter((call) => call.effect === 'read')
  turn.writes = result.calls.filter((call) => call.effect === 'write').map(({ call }: Call) => call)
  run.waiting = reads.map(({ call }) => schedule(run, now, 'runRead', { turn: turn.turn, call }))
  run.phase = 'reads'
  return true
}

/** The turn's deadline bounds its steps. */
function late(run: Run, now: number): boolean {
  if (!run.turn || now < run.turn.deadline) return false
  return fail(run, now, 'deadline')
}

function fail(run: Run, now: number, reason: 'deadline' | 'model_unavailable'): boolean {
  const turn = run.turn?.turn
  drop(run)
  run.waiting = [schedule(run, now, 'failTurn', { turn, reason })]
  run.phase = 'failing'
  return true
}

function nextWrite(run: Run, now: number): boolean {
  const { turn } = run
  if (!turn) return again(run)
  const call = turn.writes.shift()
  if (call === undefined) {
    turn.round += 1
    return ask(run, now)
  }
  run.waiting = [schedule(run, now, 'runWrite', { turn: turn.turn, call })]
  run.phase = 'write'
  return true
}

/** Operators' commands go first, and beside a turn. */
function carryOutCommands(run: Run, now: number): boolean {
  if (run.commandTask === null) {
    const [command] = run.commands
    const mayBegin = run.phase === 'ask' || run.turn !== null
    if (!command || !mayBegin) return false
    run.commandTask = schedule(run, now, 'operatorCommand', { ...command })
    return true
  }
  const [task] = take(run, [run.commandTask]) ?? []
  if (!task) return false
  run.commandTask = null
  const done = okOf(task) as { floor: number } | undefined
  if (done) {
    run.bellFloor = Math.max(run.bellFloor, done.floor ?? 0)
    run.commands.shift()
    run.commandFailures = 0
    return true
  }
  run.commandFailures += 1
  if (
    task.ended &&
    'failed' in task.ended &&
    task.ended.failed === 'InternalError' &&
    run.commandFailures >= MOST_FAILURES
  ) {
    run.commands.shift()
    run.commandFailures = 0
  }
  return true
}

const okOf = (task: Task): unknown => (task.ended && 'ok' in task.ended ? task.ended.ok : undefined)
