// A stream that breaks is taken up where it broke: no durable event twice, none lost (P4).
import { expect, test } from 'vitest'
import { followStream, type StreamState } from '../../../web/shared/follow-stream.ts'

const event = (id: number | null, name: string) => `${id === null ? '' : `id: ${id}\n`}event: ${name}\ndata: {}\n\n`
const body = (...events: string[]) => new Response(events.join(''))

async function follow(answers: (Response | Error)[], after?: string) {
  const stop = new AbortController()
  const asked: (string | undefined)[] = []
  const heard: string[] = []
  const states: StreamState['kind'][] = []
  const pauses: number[] = []
  await followStream({
    after,
    signal: stop.signal,
    open: async (lastId) => {
      asked.push(lastId)
      const answer = answers.shift()
      if (!answer) throw new Error('the script ran out')
      if (answer instanceof Error) throw answer
      return answer
    },
    onEvent: (name) => void heard.push(name),
    onState: ({ kind }) => void states.push(kind),
    wait: async (milliseconds) => {
      pauses.push(milliseconds)
      if (answers.length === 0) stop.abort()
    },
  })
  return { asked, heard, states, pauses }
}

test('it comes back with the id of the last event, and hears a repeated one once', async () => {
  const { asked, heard } = await follow(
    [body(event(4, 'four'), event(null, 'delta'), event(5, 'five')), body(event(5, 'five'), event(6, 'six'))],
    '3',
  )
  expect(asked).toEqual(['3', '5'])
  expect(heard).toEqual(['four', 'delta', 'five', 'six'])
})

test('pauses grow while it fails, and begin anew once it was live', async () => {
  const { pauses, states } = await follow([new Error('away'), new Error('away'), body(), new Error('away')])
  expect(pauses).toEqual([1000, 2000, 1000, 2000])
  expect(states.filter((kind) => kind === 'live')).toHaveLength(1)
})
