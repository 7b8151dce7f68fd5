// Saved histories of every kind of conversation run through the workflow as it is now (rule 1). They are made from real runs by
//   npm run replay:record
// which runs test/workflows/history.parts.test.ts and writes test/replay/*.json. When a change breaks one of them on a
// released version, the change goes behind patched(); the saved history stays.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import proto from '@temporalio/proto'
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { beforeAll, describe, expect, test } from 'vitest'

const { History } = proto.temporal.api.history.v1
const saved = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'))
const historyOf = (file: string) =>
  History.fromObject(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Record<string, unknown>)
const idOf = (history: proto.temporal.api.history.v1.History): string =>
  history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId ?? 'unknown'
const bundle = (file: string): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: resolve(import.meta.dirname, file),
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} },
  })

describe('replay', () => {
  let workflowBundle: WorkflowBundleWithSourceMap
  beforeAll(async () => {
    workflowBundle = await bundle('../../src/workflows/index.ts')
  })

  test('Rule 1: there is a saved history of every kind of conversation', async () => {
    const { FLOWS } = await import('../support/recorded-flows.ts')
    expect(saved.toSorted()).toEqual(FLOWS.map(({ name }) => `${name}.json`).toSorted())
  })

  test.each(saved)('Rule 1: the saved history %s replays on the workflow as it is', async (file) => {
    const history = historyOf(file)
    await Worker.runReplayHistory({ workflowBundle, replayName: file }, history, idOf(history))
  })

  test('Rule 1: a workflow with one activity more fails the replay of each of them', async () => {
    const changed = await bundle('changed-workflow.ts')
    for (const file of saved) {
      const history = historyOf(file)
      const replay = Worker.runReplayHistory({ workflowBundle: changed, replayName: file }, history, idOf(history))
      await expect(replay).rejects.toMatchObject({ name: 'DeterminismViolationError' })
    }
  })
})
