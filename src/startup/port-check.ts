// A taken port can mean that an old server still answers there, so we refuse to start instead of talking to it.
import { once } from 'node:events'
import { createServer } from 'node:net'

/** One port that a part is going to bind. */
export type WantedPort = {
  /** For people, such as `API`. */
  part: string
  /** Variable that changes it. */
  variable: string
  /** 0 is any free one and never taken. */
  port: number
  /** Address it is bound on. */
  host: string
}

/** A port is in use or asked for twice; the message names it. */
export class PortTaken extends Error {
  override name = 'PortTaken'
}

/** Throws PortTaken for the first port that cannot be bound, or that two parts want. */
export async function checkPorts(wanted: WantedPort[]): Promise<void> {
  for (const [index, { part, variable, port, host }] of wanted.entries()) {
    if (port === 0) continue
    const rival = wanted.slice(0, index).find((other) => other.port === port)
    if (rival !== undefined) {
      throw new PortTaken(
        `Port ${port} is wanted twice, for ${rival.part} and ${part}. Set ${variable} to another port.`,
      )
    }
    const failure = await bindFailure(port, host)
    if (failure === undefined) continue
    const why = failure === 'EADDRINUSE' ? 'is taken' : `cannot be used (${failure})`
    throw new PortTaken(
      `Port ${port} for ${part} ${why} on ${host}. Stop what uses it, or set ${variable} to another port (PORT=0: any free ones).`,
    )
  }
}

async function bindFailure(port: number, host: string): Promise<string | undefined> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
