// Which messages a summary takes, and which summary counts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitSummary, messagesToSummarise } from '../../src/kernel/commit-summary.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story, usage } from '../support/kernel-story.ts'

describe.each(databaseKinds())('summaries on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  test('C2: after a long talk with a person a summary takes the oldest messages first, never all at once', async () => {
    const id = await it.begin('hello')
    for (let n = 0; n < 70; n += 1) await it.write(id, `message ${n}`)
    const due = await messagesToSummarise(it.kernel, id)
    expect(due?.messages).toHaveLength(50)
    expect(due?.messages[0]?.text).toBe('hello')
  })

  test('C2: a summary is due past twenty messages, and an older one never replaces a newer one', async () => {
    const id = await it.begin('message 0')
    for (let n = 1; n <= 20; n += 1) await it.write(id, `message ${n}`)
    const due = await messagesToSummarise(it.kernel, id)
    expect(due?.messages.map(({ text }) => text)).toEqual(Array.from({ length: 11 }, (_, n) => `message ${n}`))
    const write = (summary: string, through: number) =>
      commitSummary(it.kernel, { conversationId: id, summary, through, usage: usage('summary') })
    await Promise.all([write('newer', 11), write('older', 5)])
    await write('older again', 5)
    expect(await it.row(id)).toMatchObject({ summary: 'newer', summary_through: 11, cost_usd: '0.002000000' })
    expect(await messagesToSummarise(it.kernel, id)).toBeNull()
  })
})
