// A person takes over in the middle of things (P5, rule 5): the AI falls silent at once and commits nothing any more.
import { afterEach, describe, expect, inject, test } from 'vitest'
import { type Deployment, startDeployment } from '../support/deployment.ts'
import { until } from '../support/until.ts'

describe.runIf(inject('postgresUrl') && inject('redisUrl'))('a takeover', () => {
  let everdesk: Deployment
  afterEach(() => everdesk?.close())

  test('P5: in the middle of a streamed reply: the text is cancelled, never completed, and the person answers', async () => {
    everdesk = await startDeployment({ redisUrl: inject('redisUrl') })
    await everdesk.sandbox.model({ tokens_per_second: 6 })
    const ada = await everdesk.as('customer', 'cust_1004')
    const mia = await everdesk.as('agent', 'agent_mia')
    const { conversation, message } = await ada.start('What is your warranty and how do returns work?')
    const stream = ada.stream(conversation)
    await until(async () => stream.seen.some(({ event }) => event === 'message-delta'), 'the reply streams')

    const replied = await mia.call('POST', `/v1/conversations/${conversation}/replies`, {
      text: 'Mia here, one moment.',
      take_over: true,
    })
    expect(replied.status).toBe(201)
    await until(
      async () => stream.seen.some(({ event }) => event === 'message-completed'),
      'the customer sees the person',
    )
    const settled = await ada.settled(conversation, message)
    expect(settled).toMatchObject({ status: 'answered', reply: { role: 'human', text: 'Mia here, one moment.' } })
    const restarted = stream.seen.findIndex(({ event }) => event === 'message-restarted')
    expect(restarted).toBeGreaterThan(-1)

    // Give a zombie every chance: the model is through with its text, and nothing of it appears.
    await everdesk.sandbox.model({ tokens_per_second: 0 })
    const again = await ada.send(conversation, 'Thank you, Mia')
    expect((await ada.settled(conversation, again)).status).toBe('handed_off')
    const turns = await everdesk.db.selectFrom('turns').select('state').execute()
    expect(turns).toEqual([{ state: 'abandoned' }])
    expect(stream.seen.slice(restarted).filter(({ event }) => event === 'message-delta')).toEqual([])
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'human', 'customer'])
    await stream.stop()

    const back = await mia.call('POST', `/v1/conversations/${conversation}/hand-back`, {})
    expect(back.status).toBe(200)
    const answered = await ada.settled(conversation, again)
    expect(answered).toMatchObject({ status: 'answered', reply: { role: 'ai' } })
  })

  test('P5: a claim is answered at once while a model call hangs, and the hanging call leaves no trace', async () => {
    everdesk = await startDeployment({ redisUrl: inject('redisUrl') })
    const ada = await everdesk.as('customer', 'cust_1001')
    const mia = await everdesk.as('agent', 'agent_mia')
    await everdesk.sandbox.fault({ target: 'model', kind: 'timeout' })
    const { conversation, message } = await ada.start('Where is order 12345?')
    await until(
      async () => (await everdesk.db.selectFrom('turns').selectAll().execute()).some(({ attempt }) => attempt > 0),
      'the model hangs',
    )
    const replied = await mia.call('POST', `/v1/conversations/${conversation}/replies`, {
      text: 'I look it up for you.',
      take_over: true,
    })
    expect(replied.status).toBe(201)
    expect((await ada.poll(conversation, message)).status).toBe('answered')
    await everdesk.sandbox.heal()
    await until(async () => {
      const turn = await everdesk.db.selectFrom('turns').selectAll().executeTakeFirst()
      return turn?.state === 'abandoned'
    }, 'the turn is given up')
    expect((await ada.transcript(conversation)).map(({ role }) => role)).toEqual(['customer', 'human'])
  })
})
