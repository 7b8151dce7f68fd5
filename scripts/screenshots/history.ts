// Four weeks that never were, so that the supervisor's page has something to tell: rows as the kernel would have left them,
// written into an empty embedded store before everdesk starts. The same on every machine but for the dates.
import { sql } from 'kysely'
import { migrate } from '../../src/adapters/migrations.ts'
import { openDatabase } from '../../src/adapters/postgres.ts'
import { desk } from '../../src/desks/electronics-store/desk.ts'
import { order } from '../../src/desks/electronics-store/specialists/order.ts'
import type { Tables } from '../../src/kernel/tables.ts'
import { promptVersion } from '../../src/prompting/prompt-version.ts'
import { seededRandom } from '../../sandbox/seed/random.ts'

const DESK = 'electronics-store'
const DAY = 86_400_000
const DAYS = 28
const ADAY = 90
const INTENTS = ['order', 'order', 'order', 'account', 'account', 'tech_support', 'tech_support', 'escalation'] as const
const REASONS = [
  'person_requested',
  'person_requested',
  'person_requested',
  'repeated_failure',
  'policy',
  'anger',
] as const
/** Days before today on which something changed. */
const [NEW_POLICY, NEW_PROMPT] = [9, 3]
/** Share of each intent that needed a person. */
const NEEDS: Record<(typeof INTENTS)[number], number> = {
  order: 0.1,
  account: 0.09,
  tech_support: 0.19,
  escalation: 0.33,
}

/** Fills the store of this home, which nobody has opened. */
export async function writeHistory(home: string, now = new Date()): Promise<void> {
  const opened = await openDatabase<Tables>({ from: { home } })
  try {
    await migrate(opened)
    const rows = conversations(now)
    await sql`
      insert into customers (tenant_id, id, name) select distinct 'default', r.customer, 'Of the past'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(customer text)`.execute(opened.db)
    await sql`
      insert into conversations (tenant_id, id, desk, channel, customer_id, status, intent, specialist, cost_usd,
        policy_version, created_at, updated_at)
      select 'default', r.id, ${DESK}, 'web', r.customer, 'closed', r.intent, r.intent, r.cost, 'earlier', r.at, r.at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id text, customer text, intent text, cost numeric, at timestamptz)`.execute(opened.db)
    await sql`
      insert into resolutions (tenant_id, desk, conversation_id, number, resolved_by, intent, ended_at, resolved_at, revoked_at)
      select 'default', ${DESK}, r.id, 1, case when r.reason is null then 'ai' else 'human' end, r.intent, r.at, r.at,
        case when r.returned then r.at end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id text, intent text, at timestamptz, reason text, returned boolean)`.execute(opened.db)
    const handed = JSON.stringify(rows.filter(({ reason }) => reason !== null))
    await sql`
      insert into handoffs (tenant_id, desk, id, conversation_id, state, reason, priority, brief, offered_at, deadline_at, ended_at)
      select 'default', ${DESK}, 'handoff_' || r.id, r.id, 'resolved', r.reason, 'normal', '{}', r.at, r.at, r.at + interval '1 day'
      from jsonb_to_recordset(${handed}::jsonb) as r(id text, reason text, at timestamptz)`.execute(opened.db)
    await sql`
      insert into messages (tenant_id, desk, conversation_id, id, customer_id, seq, role, text, created_at)
      select 'default', ${DESK}, r.id, 'message_' || r.id, r.customer, 1, 'human', 'An answer of the past.',
        r.at + make_interval(secs => r.wait)
      from jsonb_to_recordset(${handed}::jsonb) as r(id text, customer text, at timestamptz, wait float8)`.execute(
      opened.db,
    )
    await sql`
      insert into feedback (tenant_id, desk, conversation_id, message_id, customer_id, rating, said_by, intent, specialist,
        model, prompt_version, at)
      select 'default', ${DESK}, r.id, 'reply', r.customer, r.thumb, 'ai', r.intent, r.intent, 'scripted-small', 'earlier', r.at
      from jsonb_to_recordset(${JSON.stringify(rows.filter(({ thumb }) => thumb !== null))}::jsonb)
        as r(id text, customer text, thumb text, intent text, at timestamptz)`.execute(opened.db)
    // The last ones are those in use, so that starting changes nothing.
    const versions = [
      { kind: 'policy', specialist: '', version: 'before', at: now.getTime() - 40 * DAY },
      { kind: 'policy', specialist: '', version: desk.policy.version, at: now.getTime() - NEW_POLICY * DAY },
      { kind: 'prompt', specialist: 'order', version: '1a2b3c', at: now.getTime() - 40 * DAY },
      {
        kind: 'prompt',
        specialist: 'order',
        version: promptVersion(desk, order),
        at: now.getTime() - NEW_PROMPT * DAY,
      },
    ].map((each) => ({ ...each, at: new Date(each.at).toISOString() }))
    await sql`
      insert into versions (tenant_id, desk, kind, specialist, version, at)
      select 'default', ${DESK}, r.kind, r.specialist, r.version, r.at
      from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        as r(kind text, specialist text, version text, at timestamptz)`.execute(opened.db)
  } finally {
    await opened.close()
  }
}

function conversations(now: Date) {
  const random = seededRandom(5)
  return Array.from({ length: DAYS * ADAY }, (_, number) => {
    const before = Math.floor(number / ADAY)
    const intent = random.pick(INTENTS)
    const unsettled = before === NEW_PROMPT || before === NEW_PROMPT - 1
    const handed = random.fraction() < NEEDS[intent] + (unsettled ? 0.07 : 0)
    const thumb = random.fraction()
    return {
      id: `conv_past_${number}`,
      customer: `cust_past_${number % 300}`,
      intent,
      cost: (0.024 + 0.02 * random.fraction() + (unsettled ? 0.008 : 0)).toFixed(6),
      at: new Date(now.getTime() - before * DAY - random.between(1, 600) * 1000).toISOString(),
      reason: handed ? (unsettled && random.fraction() < 0.6 ? 'low_confidence' : random.pick(REASONS)) : null,
      returned: random.fraction() < 0.02,
      wait: random.between(30, 200) + (random.fraction() < 0.1 ? random.between(120, 500) : 0),
      thumb: thumb < 0.25 ? 'up' : thumb < (intent === 'tech_support' ? 0.29 : 0.27) ? 'down' : null,
    }
  })
}
