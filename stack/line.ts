// A line to a server of this machine that can be spoiled: cut, delayed, half open, or down to a trickle; and mended again.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** How a spoiled line behaves. */
export type LineFault =
  /** Connections die at once, new ones are refused. */
  | { kind: 'cut' }
  /** Nothing passes, in either direction, until it is mended. */
  | { kind: 'stalled' }
  /** Each end is gone for the other and neither is told: what was open, or is opened now, stays silent for ever. */
  | { kind: 'half-open' }
  /** Each piece of data arrives `milliseconds` late. */
  | { kind: 'delay'; milliseconds: number }
  /** So many bytes a second in each direction. */
  | { kind: 'drip'; bytesPerSecond: number }

/** A line between two parts. */
export interface Line {
  port: number
  /** Spoils it until `mend`. */
  spoil(fault: LineFault): void
  /** Short for spoil({kind: 'cut'}). */
  cut(): void
  /** From now on new connections are sound. What was held back flows on; what was cut or half open stays so. */
  mend(): void
  /** Connections ended, or pieces of data held back or refused, since it was last spoiled. */
  struck(): number
  close(): Promise<void>
}

/** One connection over a line; dead once it is half open. */
type Connection = { isDead: boolean }

/** Opens a line on a free port. */
export async function openLine(target: { host: string; port: number }): Promise<Line> {
  const sockets = new Set<Socket>()
  const connections = new Set<Connection>()
  let fault: LineFault | null = null
  let mended = Promise.withResolvers<void>()
  let struck = 0

  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket
      .setNoDelay(true)
      .on('error', () => socket.destroy())
      .on('close', () => sockets.delete(socket))
  }
  /** Waits as long as the fault of the moment asks before this piece may pass. */
  const hold = async (bytes: number): Promise<void> => {
    while (fault !== null) {
      struck += 1
      const { promise: healed } = mended
      const wait = waitOf(fault, bytes)
      await (wait === null ? healed : Promise.race([sleep(wait), healed]))
      if (wait !== null) return
    }
  }
  const passing = (connection: Connection) =>
    new Transform({
      transform(piece: Buffer, _encoding, done) {
        if (fault === null && !connection.isDead) return done(null, piece)
        if (connection.isDead) struck += 1
        hold(piece.length).then(() => (connection.isDead ? done() : done(null, piece)), done)
      },
    })
  const join = (from: Socket, to: Socket, connection: Connection): void => {
    const pass = passing(connection)
    from.pipe(pass).pipe(to, { end: false })
    // Of a half-open connection, neither end hears that the other has gone.
    pass.on('end', () => !connection.isDead && to.end())
    from.on('close', () => {
      connections.delete(connection)
      if (!connection.isDead) to.destroy()
    })
  }
  const server = createServer((near) => {
    keep(near)
    if (fault?.kind === 'cut') {
      struck += 1
      return void near.destroy()
    }
    const connection: Connection = { isDead: fault?.kind === 'half-open' }
    connections.add(connection)
    const far = keep(connect(target))
    join(near, far, connection)
    join(far, near, connection)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const endAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const spoil = (next: LineFault): void => {
    mended.resolve()
    mended = Promise.withResolvers<void>()
    fault = next
    struck = 0
    if (next.kind === 'half-open') for (const connection of connections) connection.isDead = true
    if (next.kind !== 'cut') return
    struck = connections.size
    endAll()
  }
  return {
    port: (server.address() as AddressInfo).port,
    spoil,
    cut: () => spoil({ kind: 'cut' }),
    mend() {
      fault = null
      mended.resolve()
    },
    struck: () => struck,
    async close() {
      fault = null
      mended.resolve()
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Milliseconds that a piece of data waits; null until the line is mended. */
function waitOf(fault: LineFault, bytes: number): number | null {
  if (fault.kind === 'delay') return fault.milliseconds
  return fault.kind === 'drip' ? (bytes / fault.bytesPerSecond) * 1000 : null
}
