import { expect, test } from 'vitest'
import { createLogger, logFor } from '../../src/telemetry/logger.ts'

function linesOf(log: (logger: ReturnType<typeof createLogger>) => void): unknown[] {
  const lines: string[] = []
  log(createLogger({ level: 'info', name: 'test', stream: { write: (line: string) => void lines.push(line) } }))
  return lines.map((line) => ({ ...JSON.parse(line), time: undefined }))
}

test('a line carries the ids of its conversation', () => {
  const lines = linesOf((logger) => logFor(logger, { conversation: 'c1', turn: 3, trace: 't9' }).info('turn started'))
  expect(lines).toEqual([
    { level: 'info', name: 'test', conversation: 'c1', turn: 3, trace: 't9', msg: 'turn started', time: undefined },
  ])
})

test('what people wrote is cut, also deep inside', () => {
  const lines = linesOf((logger) =>
    logger.info({
      text: 'my card',
      message: { id: 'm1', text: 'my card' },
      a: { b: { arguments: { order: 'my card' } } },
    }),
  )
  expect(JSON.stringify(lines)).not.toContain('my card')
  expect(JSON.stringify(lines)).toContain('m1')
})

test('lines below the level are not written', () => {
  expect(linesOf((logger) => logger.debug('no'))).toEqual([])
})
