// The store's connections are cut, or the server crashes and comes back. Where the server is somebody else's, only the former.
import type { Fault } from './ground.ts'

export const postgresCut: Fault = {
  kind: 'postgres-connections-cut',
  lane: 'parts',
  weight: 2,
  lasts: [0, 0],
  async strike({ stack }) {
    const cut = await stack.postgres.cutConnections()
    return { target: 'postgres', reached: () => cut > 0, heal: async () => undefined }
  },
}

export const postgresCrash: Fault = {
  kind: 'postgres-crash',
  lane: 'parts',
  weight: 1,
  lasts: [200, 2500],
  async strike({ stack }) {
    const { server } = stack.postgres
    if (!server) {
      await stack.postgres.cutConnections()
      return { target: 'postgres', heal: async () => undefined }
    }
    await server.crash()
    return { target: 'postgres', heal: () => server.start() }
  },
}
