import { expect, test } from 'vitest'
import { withoutMarks } from '../../src/activities/citations.ts'
import { newConversation } from '../../src/api/inputs.ts'
import { conversation } from '../../src/api/schemas.ts'
import { channelNamed, channels } from '../../src/channels/index.ts'

test('the channels of the contract are there, web first, each with a name of its own', () => {
  const names = channels.map(({ name }) => name)
  expect(names[0]).toBe('web')
  expect(names).toEqual(expect.arrayContaining(['web', 'api', 'email', 'voice']))
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))).toEqual([])
})

test('the API takes exactly the channels of the list', () => {
  const asked = (channel: string) => newConversation.safeParse({ channel, message: { text: 'x' } }).success
  expect(channels.map(({ name }) => asked(name))).toEqual(channels.map(() => true))
  expect(asked('pigeon')).toBe(false)
  expect(conversation.shape.channel.options).toEqual(channels.map(({ name }) => name))
})

test('a conversation whose channel left the list goes on as on the default one', () => {
  expect(channelNamed('email').streams).toBe(false)
  expect(channelNamed('pigeon').name).toBe('web')
})

test('marks are left out of a whole text and of its sentences alike', () => {
  const whole = 'Open from 6:30. [opening-hours] Closed on Sunday [returns]. See [A] and [1a][b-2].'
  expect(withoutMarks(whole)).toBe('Open from 6:30. Closed on Sunday. See [A] and.')
  const sentences = ['Open from 6:30. ', '[opening-hours] Closed on Sunday [returns]. ', 'See [A] and [1a][b-2].']
  expect(sentences.map(withoutMarks).join('')).toBe(withoutMarks(whole))
  expect(withoutMarks('[returns]')).toBe('')
})
