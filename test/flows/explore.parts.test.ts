import { afterAll, beforeAll, test } from 'vitest'
import { type Everdesk, startEverdesk } from '../support/everdesk.ts'
let desk: Everdesk
beforeAll(async () => {
  desk = await startEverdesk({ logLevel: 'warn' })
})
afterAll(() => desk?.close())

test('sizes', async () => {
  const { conversationId: id } = await desk.start('Where is order 12345?')
  await desk.settled(id)
  let before = 0,
    bytes = 0
  for (const text of [
    'Where is order 12345?',
    'Where is order 12346?',
    'Where is order 12345?',
    'what are my orders?',
    'list my orders again please',
    'what are my orders?',
  ]) {
    await desk.send(id, text)
    await desk.settled(id)
    await new Promise((r) => setTimeout(r, 300))
    const h = await desk.handle(id).describe()
    console.log(text, Number(h.historyLength) - before, Number(h.raw.workflowExecutionInfo?.historySizeBytes) - bytes)
    before = Number(h.historyLength)
    bytes = Number(h.raw.workflowExecutionInfo?.historySizeBytes)
  }
  const history = await desk.handle(id).fetchHistory()
  console.log(
    history
      .events!.map((e) => e.eventType + ' ' + JSON.stringify(e).length)
      .slice(-45)
      .join('\n'),
  )
  console.log(
    JSON.stringify(
      history.events!.slice(-25).map((e) => ({ ...e, eventTime: undefined })),
      (k, v) =>
        v && v.type === 'Buffer'
          ? Buffer.from(v.data).toString()
          : v instanceof Uint8Array
            ? Buffer.from(v).toString()
            : v,
    ).slice(0, 12000),
  )
}, 60000)
