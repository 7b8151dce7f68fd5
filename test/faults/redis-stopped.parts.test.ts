// Redis is only a hint: while it is stopped messages are accepted and answered, and streams go on from the rows (rule 14).
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { answersTcp } from '../../src/temporal/connection.ts'
import { freePort } from '../../src/temporal/free-port.ts'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { until } from '../support/until.ts'

describe.runIf(inject('postgresUrl') && inject('redisUrl'))('Redis stopped', () => {
  let everdesk: Deployment
  let redis: ChildProcess
  let port: number
  const start = async () => {
    redis = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
    await answersTcp(`127.0.0.1:${port}`, Date.now() + 10_000)
  }
  const stop = async () => {
    if (redis.exitCode !== null || redis.signalCode !== null) return
    redis.kill('SIGKILL')
    await once(redis, 'exit')
  }
  beforeEach(async () => {
    port = await freePort()
    await start()
    everdesk = await startDeployment({ redisUrl: `redis://127.0.0.1:${port}` })
  })
  afterEach(async () => {
    await everdesk?.close()
    await stop()
  })

  test('N4: a stopped Redis loses no message, no reply and no event, and deltas come back with it', async () => {
    const ada = await everdesk.as('customer', 'cust_1001')
    const { conversation, message } = await ada.start('Where is order 12345?')
    await ada.settled(conversation, message)
    const stream = ada.stream(conversation)
    await until(async () => stream.seen.some(({ event }) => event === 'message-completed'), 'the stream has caught up')

    await stop()
    const second = await ada.send(conversation, 'And order 12346?')
    expect((await ada.settled(conversation, second)).status).toBe('answered')
    await until(async () => completed(stream.seen) === 2, 'the second answer streams')
    expect(await everdesk.as('customer', 'cust_1002').then((ben) => ben.start('Where is order 22345?'))).toBeTruthy()

    await start()
    const third = await ada.send(conversation, 'Tell me about order 12345 again')
    expect((await ada.settled(conversation, third)).status).toBe('answered')
    await until(async () => completed(stream.seen) === 3, 'the third answer streams')
    await stream.stop()
    const ids = stream.seen.flatMap(({ id }) => (id === null ? [] : [Number(id)]))
    expect(ids).toEqual(ids.map((_, index) => index + 1))
  })
})

const completed = (seen: { event: string }[]): number =>
  seen.filter(({ event }) => event === 'message-completed').length
