import { describe, expect, test } from 'vitest'
import { closedLoop, openLoop } from '../../bench/load.ts'
import type { Shopper } from '../../bench/shop.ts'
import type { Target } from '../../bench/target.ts'
import { TURNS_PER_CONVERSATION } from '../../bench/the-turn.ts'

const shopper = (customer: string): Shopper => ({ customer, nextPair: () => ['5000000', '5000001'] })
const shoppers = [shopper('cust_1005'), shopper('cust_1006'), shopper('cust_1007')]

/** Answers at once, and remembers what each conversation was told and by whom. */
function answering() {
  const said = new Map<string, string[]>()
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve))
  const target: Target = {
    async start(customer) {
      await pause()
      const conversation = `conv_${said.size}`
      said.set(conversation, [customer])
      return { conversation, reply: 'hello' }
    },
    async say(customer, conversation) {
      await pause()
      said.get(conversation)?.push(customer)
      return { reply: 'hello' }
    },
    close: async () => undefined,
  }
  return { target, said }
}

const failing: Target = {
  start: () => Promise.reject(new Error('no answer of the AI')),
  say: () => Promise.reject(new Error('no answer of the AI')),
  close: async () => undefined,
}

const marks: string[] = []
const load = (target: Target) => ({
  target,
  shoppers,
  warm: 20,
  measure: 60,
  onBegin: async () => void marks.push('begin'),
  onEnd: async () => void marks.push('end'),
})

describe('a closed loop', () => {
  test('holds conversations of five turns, each with one customer, and measures between its marks', async () => {
    const { target, said } = answering()
    marks.length = 0
    const { turns, elapsed } = await closedLoop(load(target), 2)
    expect(marks).toEqual(['begin', 'end'])
    expect(elapsed).toBeGreaterThan(0)
    expect(turns.length).toBeGreaterThan(0)
    const conversations = [...said.values()]
    expect(conversations.every((customers) => new Set(customers).size === 1)).toBe(true)
    expect(Math.max(...conversations.map(({ length }) => length))).toBe(TURNS_PER_CONVERSATION)
    // Two customers can leave at most two conversations unfinished.
    expect(conversations.filter(({ length }) => length < TURNS_PER_CONVERSATION).length).toBeLessThanOrEqual(2)
  })
  test('ends with the first message that is not answered', async () => {
    await expect(closedLoop(load(failing), 2)).rejects.toThrow('no answer of the AI')
  })
})

describe('an open loop', () => {
  test('sends single messages, each in a conversation of its own', async () => {
    const { target, said } = answering()
    const { turns } = await openLoop(load(target), 500, () => 0.5)
    expect(turns.length).toBeGreaterThan(0)
    expect([...said.values()].every(({ length }) => length === 1)).toBe(true)
  })
  test('tells of a message that was not answered', async () => {
    await expect(openLoop(load(failing), 500, () => 0.5)).rejects.toThrow('no answer of the AI')
  })
})
