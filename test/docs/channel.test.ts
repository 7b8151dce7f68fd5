import { afterAll, expect, test } from 'vitest'
import { channels } from '../../src/channels/index.ts'
import { type ScratchCopy, scratchCopy } from './scratch-copy.ts'

let copy: ScratchCopy | undefined
afterAll(() => copy?.remove())

test('L1: a channel is one new file and one line; prompt, API and OpenAPI know it from there', {
  timeout: 60_000,
}, async () => {
  copy = await scratchCopy()
  expect(await copy.follow('docs/how-to/channel.md')).toEqual({
    written: ['src/channels/sms.ts'],
    changed: ['src/channels/index.ts'],
  })
  await copy.checkTypes('src/channels/index.ts')
  const seen = await copy.run(`
    import { z } from 'zod'
    import { newConversation } from './src/api/inputs.ts'
    import { channel } from './src/api/schemas.ts'
    import { channelNamed } from './src/channels/index.ts'
    const taken = (channel: string) => newConversation.safeParse({ channel, message: { text: 'x' } }).success
    console.log(JSON.stringify({
      taken: [taken('sms'), taken('mms')],
      documented: z.toJSONSchema(channel).enum,
      streams: channelNamed('sms').streams,
    }))`)
  expect(seen).toEqual({
    taken: [true, false],
    documented: [...new Set([...channels.map(({ name }) => name), 'sms'])],
    streams: false,
  })
})
