// A line to PostgreSQL that knows when a transaction is committed, and can keep the word of it from whoever committed:
// the connection is cut in that moment, or the answer is held back until the test lets it go.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type CommitLine = Awaited<ReturnType<typeof openCommitLine>>

type Rule = { matching: RegExp; met: (connection: { cut: () => void; hold: () => void; pass: () => void }) => void }

/** CommandComplete of a COMMIT, as the server says it. */
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1')
const BEGIN = 'begin\0'

export async function openCommitLine(target: { host: string; port: number }) {
  const sockets = new Set<Socket>()
  const rules: Rule[] = []
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  }
  const server = createServer((near) => {
    const far = connect(target)
    keep(near)
    keep(far)
    // What the transaction under way has said: the values, and the text of statements that this connection had not prepared yet.
    let said = ''
    let held: Buffer[] | null = null
    near.on('data', (chunk) => {
      said += chunk.toString('latin1')
      const begun = said.lastIndexOf(BEGIN)
      if (begun > 0) said = said.slice(begun)
      far.write(chunk)
    })
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    const hold = () => void (held ??= [])
    const pass = () => {
      for (const chunk of held ?? []) near.write(chunk)
      held = null
    }
    far.on('data', (chunk) => {
      if (chunk.includes(COMMITTED)) {
        const index = rules.findIndex(({ matching }) => matching.test(said))
        for (const rule of index < 0 ? [] : rules.splice(index, 1)) rule.met({ cut, hold, pass })
        if (far.destroyed) return
      }
      if (held) held.push(chunk)
      else near.write(chunk)
    })
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** Cuts the next transaction that said `matching` (its values are the sure thing) once it is committed; `done` then says so. */
    cutAfterCommit(matching: RegExp) {
      const line = { done: false }
      rules.push({
        matching,
        met({ cut }) {
          line.done = true
          cut()
        },
      })
      return line
    },
    /** Holds back the answer to the next COMMIT of a transaction that said `matching`, until `release`. */
    holdAfterCommit(matching: RegExp) {
      let pass = () => {}
      const line = { done: false, release: () => pass() }
      rules.push({
        matching,
        met(connection) {
          line.done = true
          connection.hold()
          pass = connection.pass
        },
      })
      return line
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
