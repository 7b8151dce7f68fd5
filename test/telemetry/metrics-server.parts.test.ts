import { createServer } from 'node:http'
import { once } from 'node:events'
import { NativeConnection } from '@temporalio/worker'
import { afterAll, expect, inject, test } from 'vitest'
import { createLogger } from '../../src/telemetry/logger.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { installRuntime } from '../../src/telemetry/install-runtime.ts'
import { startMetricsServer } from '../../src/telemetry/metrics-server.ts'
import { freePort } from '../../src/temporal/free-port.ts'

const logger = createLogger({ level: 'silent', name: 'test' })
const { registry } = createMetrics()
const taken = createServer().listen(0, '127.0.0.1')
await once(taken, 'listening')
const address = taken.address()
const takenPort = typeof address === 'object' && address !== null ? address.port : 0
afterAll(() => void taken.close())

test("one page shows our metrics and the SDK's own", async () => {
  const { sdkMetricsUrl } = installRuntime({ logger, sdkMetricsPort: await freePort() })
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') })
  const server = await startMetricsServer({
    registry,
    port: 0,
    explicit: false,
    logger,
    ...(sdkMetricsUrl && { sdkMetricsUrl }),
  })
  const page = await (await fetch(server.url)).text()
  expect(page).toContain('everdesk_turns_in_flight 0')
  expect(page).toContain('temporal_request{operation=')
  await server.close()
  await connection.close()
})

test('a taken port that nobody asked for is replaced by a free one', async () => {
  const server = await startMetricsServer({ registry, port: takenPort, explicit: false, logger })
  expect(server.port).not.toBe(takenPort)
  expect((await fetch(server.url)).status).toBe(200)
  expect((await fetch(server.url.replace('/metrics', '/other'))).status).toBe(404)
  await server.close()
})

test('a taken port that was asked for is an error', async () => {
  await expect(startMetricsServer({ registry, port: takenPort, explicit: true, logger })).rejects.toThrow(/EADDRINUSE/)
})
