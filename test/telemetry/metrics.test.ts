import { expect, test } from 'vitest'
import { createMetrics } from '../../src/telemetry/metrics.ts'

test('the metrics of the contract are there with their labels', async () => {
  const metrics = createMetrics()
  metrics.agentRequests.inc({ intent: 'order', status: 'answered', model: 'large' })
  metrics.llmCost.inc({ model: 'large' }, 0.000_4)
  metrics.circuitState.set({ dependency: 'crm' }, 2)
  const page = await metrics.registry.metrics()
  expect(page).toContain('agent_requests_total{intent="order",status="answered",model="large"} 1')
  expect(page).toContain('llm_cost_dollars{model="large"} 0.0004')
  expect(page).toContain('circuit_state{dependency="crm"} 2')
  for (const name of ['agent_latency_seconds', 'resolution_rate', 'handoff_wait_seconds', 'messages_overdue']) {
    expect(page).toContain(`# TYPE ${name} `)
  }
})

test('two sets share nothing', async () => {
  const [one, two] = [createMetrics(), createMetrics()]
  one.relayRings.inc(5)
  expect(await two.registry.metrics()).toContain('everdesk_relay_rings_total 0')
})
