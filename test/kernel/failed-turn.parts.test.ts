// What becomes of a message whose turn failed: the customer was told that a person will answer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failTurn } from '../../src/kernel/fail-turn.ts'
import { handBack } from '../../src/kernel/hand-back.ts'
import { replyAsPerson } from '../../src/kernel/reply-as-person.ts'
import { takeOver } from '../../src/kernel/take-over.ts'
import { databaseKinds } from '../support/databases.ts'
import { createStory, type Story } from '../support/kernel-story.ts'

const mia = { id: 'agent_mia', name: 'Mia', role: 'agent' } as const

describe.each(databaseKinds())('a failed turn on %s', (kind) => {
  let it: Story
  beforeAll(async () => {
    it = await createStory(kind)
  })
  afterAll(() => it?.close())

  test('Rule 5: a message whose turn failed is answered by the person, or by the AI that is handed back to', async () => {
    const failed = async () => {
      const id = await it.begin('first')
      await failTurn(it.kernel, { conversationId: id, turn: await it.turn(id), reason: 'model_unavailable' })
      await takeOver(it.kernel, { conversationId: id, agent: mia })
      const [message] = await it.messages(id)
      return { conversationId: id, first: message?.id ?? '' }
    }
    const answered = await failed()
    const said = await replyAsPerson(it.kernel, { ...answered, agent: mia, message: { text: 'by hand' } })
    expect(said.outcome.message.in_reply_to).toEqual([answered.first])
    expect((await it.messages(answered.conversationId))[0]).toMatchObject({ status: 'answered' })

    const { conversationId } = await failed()
    const back = await handBack(it.kernel, { conversationId, actor: mia })
    expect(back.outcome.conversation).toMatchObject({ status: 'open', controlled_by: 'ai' })
    expect((await it.messages(conversationId))[0]).toMatchObject({ status: 'accepted' })
  })
})
