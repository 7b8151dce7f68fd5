// The people who decide, against a server that answers as the test says.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { startApprovers } from '../../faults/load/approvers.ts'
import { createClients } from '../../faults/load/clients.ts'
import { createRecorder } from '../../faults/load/recorder.ts'
import { type ApproversPlan, planLoad } from '../../faults/plan/load-plan.ts'
import { until } from '../support/until.ts'

const DIGEST = 'abcdef'
const approval = (id: string, needed: { role: string; people: number }) => ({
  id,
  conversation_id: `conv_${id}`,
  tool: 'refund_order',
  arguments: { order: '1' },
  digest: DIGEST,
  needed,
})
const person = (id: string) => ({ id, token: id })

/** What was decided on one approval, as the API got it; the first answers are these, and then 200. It waits `from` that request on. */
async function decided(
  plan: ApproversPlan,
  needed: { role: string; people: number },
  answers: number[] = [],
  { until: looks = 4, from = 1 } = {},
) {
  const [any] = planLoad(1, { conversations: 1, messages: 1 })
  if (!any) throw new Error('there is no plan')
  const got: { by: string; decision: string; digest: string; key: string }[] = []
  let lists = 0
  const server = createServer((request: IncomingMessage, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.method === 'GET') {
      lists += 1
      // The one that matters stands on the second page.
      const second = request.url?.includes('cursor=two') === true && lists >= from
      return void answer(200, {
        data: second ? [approval('a', needed)] : [],
        next_cursor: request.url?.includes('cursor=two') ? null : 'two',
      })
    }
    void text(request).then((body) => {
      const by = String(request.headers.authorization).replace('Bearer ', '')
      got.push({
        ...(JSON.parse(body) as { decision: string; digest: string }),
        by,
        key: String(request.headers['idempotency-key']),
      })
      answer(answers.shift() ?? 200, {})
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const recorder = createRecorder()
  const approvers = startApprovers({
    clients: createClients(recorder, [`http://127.0.0.1:${(server.address() as AddressInfo).port}`]),
    agents: [person('agent_1')],
    supervisors: [person('supervisor_1'), person('supervisor_2')],
    planOf: () => ({ ...any, approvers: plan }),
    over: new AbortController().signal,
  })
  await until(() => lists >= looks, 'the list, which has two pages, was read')
  await approvers.stop()
  return {
    got,
    recorder,
    said: got.map(({ by, decision, digest }) => `${by} ${decision}${digest === DIGEST ? '' : ' wrong'}`),
  }
}

const AGENT = { role: 'agent', people: 1 }
const SUPERVISOR = { role: 'supervisor', people: 1 }
const TWO = { role: 'supervisor', people: 2 }

test('each is decided once, as the plan of its conversation says', { timeout: 60_000 }, async () => {
  const [approve, refuse, wrong, mind, nobody] = await Promise.all([
    decided('approve', TWO),
    decided('refuse', SUPERVISOR),
    decided('wrong digest first', AGENT),
    decided('change of mind', TWO),
    decided('nobody decides', AGENT),
  ])
  expect(approve.said).toEqual(['agent_1 approve', 'supervisor_2 approve'])
  expect(refuse.said).toEqual(['supervisor_2 refuse'])
  expect(wrong.said).toEqual(['agent_1 approve wrong', 'agent_1 approve'])
  expect(mind.said).toEqual(['agent_1 approve', 'agent_1 refuse', 'supervisor_2 approve', 'supervisor_2 refuse'])
  expect(nobody.said).toEqual([])
})

test('an agent tries what needs a supervisor, and two decide at once and differently', async () => {
  const [tried, race] = await Promise.all([decided('approve', SUPERVISOR), decided('two at once', AGENT)])
  expect(tried.said).toEqual(['agent_1 approve', 'supervisor_2 approve'])
  expect(race.said.toSorted()).toEqual(['supervisor_1 refuse', 'supervisor_2 approve'])
})

test('what waits when the customers are done already is decided before they stop', async () => {
  const { said } = await decided('approve', AGENT, [], { until: 2, from: 3 })
  expect(said).toEqual(['agent_1 approve'])
})

test('a decision without an answer is made again under its key; what was seen stands in the record', async () => {
  const { got, recorder } = await decided('refuse', AGENT, [503, 503])
  expect(got).toHaveLength(3)
  expect(new Set(got.map(({ key }) => key)).size).toBe(1)
  const said = {
    kind: 'decide',
    actor: 'agent_1',
    conversation: 'conv_a',
    approval: 'a',
    decision: 'refuse',
    role: 'agent',
  }
  const seen = { digest: DIGEST, tool: 'refund_order', arguments: { order: '1' } }
  expect(recorder.operations).toMatchObject([
    { ...said, outcome: 'unknown', status: 503 },
    { ...said, outcome: 'unknown', status: 503 },
    { ...said, seen, outcome: 'ok', status: 200 },
  ])
})
