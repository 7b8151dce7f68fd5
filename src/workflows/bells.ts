// What the run has heard since it last asked the store. Handlers only note; the loop acts.
import { defineSignal, setHandler, workflowInfo } from '@temporalio/workflow'
import type { OperatorCommand } from '../activities/types.ts'
import { type Bell, BELLS, escalateSignal, handBackSignal, takeOverSignal } from './messages.ts'

type Command = OperatorCommand extends infer T ? (T extends OperatorCommand ? Omit<T, 'conversationId'> : never) : never

export type Heard = { rung: boolean; floor: number; commands: Command[] }

export function listen(): Heard {
  const heard: Heard = { rung: false, floor: 0, commands: [] }
  for (const name of BELLS) {
    setHandler(defineSignal<[Bell?]>(name), (bell) => {
      heard.rung = true
      heard.floor = Math.max(heard.floor, number(bell?.floor))
    })
  }
  let ordinal = 0
  const id = () => {
    ordinal += 1
    return `${workflowInfo().runId}/${ordinal}`
  }
  setHandler(escalateSignal, (signal) => {
    heard.commands.push({ id: id(), kind: 'escalate', reason: text(signal?.reason) })
  })
  setHandler(takeOverSignal, (signal) => {
    heard.commands.push({ id: id(), kind: 'takeOver', agentId: text(signal?.agent_id) || 'operator' })
  })
  setHandler(handBackSignal, () => {
    heard.commands.push({ id: id(), kind: 'handBack' })
  })
  return heard
}

// Signals come from people's hands: whatever they typed must not wedge the run. The store keeps neither NUL nor half a surrogate pair.
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const text = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll('\0', '').slice(0, 100).toWellFormed() : ''
