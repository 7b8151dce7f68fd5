import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the range from which systems give ports to outgoing connections: one of those would take it before its owner listens. */
const [LOWEST, HIGHEST] = [15_000, 32_000]

/**
 * A port of the loopback interface that nobody uses at this moment. Below 32,768 also because a Temporal server keeps its
 * membership ports in a `smallint` of PostgreSQL.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
