// A kernel on a real database, with a small desk and a clock and bus that the test can look at.
import { createMemoryBus } from '../../src/adapters/memory-bus.ts'
import { migrate } from '../../src/adapters/migrations.ts'
import { type Catalogue, TEXT_KEYS } from '../../src/domain/catalogue.ts'
import { DEFAULT_POLICY, type DeskPolicy } from '../../src/domain/policy.ts'
import type { RoutingRule } from '../../src/domain/routing.ts'
import type { DeskRules, Kernel } from '../../src/kernel/kernel.ts'
import type { Tables } from '../../src/kernel/tables.ts'
import { createDatabase, type DatabaseKind, type TestDatabase } from './databases.ts'

const catalogue: Catalogue = {
  en: Object.fromEntries(TEXT_KEYS.map((key) => [key, `text: ${key}`])) as Catalogue['en'],
}

/** A desk without specialists; its ticket tool is only intended, never run. */
export const TEST_DESK: DeskRules = {
  name: 'test-desk',
  policy: { ...DEFAULT_POLICY, version: 'test-1' },
  catalogue,
  facts: [],
  routingRules: [],
  intents: ['none'],
  specialistOf: () => null,
  publicTools: new Set(),
  writes: new Map(),
  untrusted: new Set(),
  ticket: { tool: 'create_ticket', input: (brief) => ({ summary: brief.summary, expected: brief.expected_at }) },
}

export type TestKernel = { kernel: Kernel; database: TestDatabase<Tables>; close: () => Promise<void> }
export type TestKernelOptions = {
  /** Default: the wall clock. */
  now?: () => Date
  policy?: Partial<DeskPolicy>
  routingRules?: readonly RoutingRule[]
  /** Default: the desk knows of no write. */
  writes?: DeskRules['writes']
  /** In place of `text: <key>`. */
  texts?: Partial<Catalogue['en']>
}

/** A migrated, empty database and a kernel on it; the caller closes it. */
export async function createTestKernel(kind: DatabaseKind, options: TestKernelOptions = {}): Promise<TestKernel> {
  const desk: DeskRules = {
    ...TEST_DESK,
    policy: { ...TEST_DESK.policy, ...options.policy },
    routingRules: options.routingRules ?? [],
    writes: options.writes ?? TEST_DESK.writes,
    catalogue: { en: { ...catalogue.en, ...options.texts } },
  }
  const database = await createDatabase<Tables>(kind)
  await migrate(database)
  const kernel: Kernel = {
    db: database.db,
    tenant: 'default',
    desks: new Map([[desk.name, desk]]),
    bus: createMemoryBus(),
    observe: () => undefined,
    now: options.now ?? (() => new Date()),
    publicUrl: 'http://everdesk.test',
    notifies: true,
    links: { secret: null, approvers: [{ id: 'sup_jonas', name: 'Jonas Weber', role: 'supervisor' }] },
    sentimentOf: () => 'neutral',
  }
  return { kernel, database, close: () => database.close() }
}
