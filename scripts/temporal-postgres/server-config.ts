// The configuration of a single-node Temporal server on PostgreSQL. Written as JSON, which is YAML too.
import { DYNAMIC_CONFIG } from '../../src/temporal/dev-server-process.ts'
import type { TemporalDatabases } from './databases.ts'

/** Where it listens and what it stores in. */
export type ServerPlace = {
  /** URL of the maintenance database of the PostgreSQL. */
  admin: string
  databases: TemporalDatabases
  /** Ports of frontend, history, matching and worker, and four more for their membership. */
  ports: readonly number[]
  /** Path of the dynamic configuration. */
  dynamicConfig: string
}

const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const
/** Chosen once for ever: a database keeps the number it was made with. */
const HISTORY_SHARDS = 4

/** The static configuration as an object. */
export function serverConfig({ admin, databases, ports, dynamicConfig }: ServerPlace): object {
  const { hostname, port, username, password } = new URL(admin)
  const store = (databaseName: string, connections: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${hostname}:${port || '5432'}`,
      connectProtocol: 'tcp',
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      maxConns: connections,
      maxIdleConns: connections,
      maxConnLifetime: '1h',
    },
  })
  const services = SERVICES.map((name, index) => {
    const rpc = { grpcPort: ports[index], membershipPort: ports[index + SERVICES.length], bindOnLocalHost: true }
    return [name, { rpc }] as const
  })
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: HISTORY_SHARDS,
      datastores: { main: store(databases.main, 20), visibility: store(databases.visibility, 10) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${String(ports[0])}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfig, pollInterval: '10s' },
  }
}

/** The settings that decide latency, the same as `npm start` gives its dev server. */
export function dynamicConfig(): object {
  const settings = DYNAMIC_CONFIG.map((setting) => {
    const [name = '', value = ''] = setting.split('=')
    return [name, [{ value: JSON.parse(value) as unknown }]] as const
  })
  return Object.fromEntries(settings)
}
