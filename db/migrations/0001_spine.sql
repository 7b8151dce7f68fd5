-- The store: PostgreSQL holds what is. Every table carries tenant_id (one constant today); keys and caches include it.
-- The conversation row is the one lock: a transaction that changes anything of a conversation starts by locking it.
-- Times are timestamptz (UTC). Money of model calls is US dollars, numeric(20,9).

create table installation (
  tenant_id text primary key,
  subject_ref_key text not null, -- keys the hash behind the search attribute EverdeskSubjectRef
  created_at timestamptz not null default now()
);

create table customers (
  tenant_id text not null,
  id text not null,
  name text,
  tier text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create table identities (
  tenant_id text not null,
  kind text not null check (kind in ('oidc', 'email', 'phone', 'guest')),
  issuer text not null default '',
  subject text not null,
  customer_id text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, kind, issuer, subject),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade
);

create table conversations (
  tenant_id text not null,
  id text primary key,
  desk text not null,
  channel text not null,
  customer_id text not null,
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  metadata jsonb not null default '{}',
  status text not null default 'open' check (status in ('open', 'pending', 'resolved', 'closed')),
  controlled_by text not null default 'ai' check (controlled_by in ('ai', 'human')),
  floor integer not null default 1,
  open_turn integer,
  last_turn integer not null default 0,
  last_seq bigint not null default 0,
  wake_at timestamptz,
  quiet_at timestamptz, -- when the next quiet timer is due
  quiet_stage text check (quiet_stage in ('follow_up', 'resolve', 'close')),
  close_requested_by text,
  intent text,
  specialist text,
  priority text not null default 'normal',
  ticket_id text,
  cost_usd numeric(20, 9) not null default 0,
  low_confidence_streak integer not null default 0,
  summary text,
  summary_through bigint not null default 0, -- seq of the last message the summary covers
  facts jsonb not null default '[]', -- [{kind, value}], never summarised away
  hand_back_note text,
  policy_version text not null,
  ring_after timestamptz not null default '-infinity', -- relay: not before this time
  ring_attempts integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  closed_at timestamptz,
  foreign key (tenant_id, customer_id) references customers (tenant_id, id)
);
create index conversations_by_customer on conversations (tenant_id, customer_id, id desc);
create index conversations_by_wake on conversations (wake_at) where wake_at is not null;
create index conversations_with_open_turn on conversations (id) where open_turn is not null;

create table messages (
  tenant_id text not null,
  desk text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  id text not null,
  customer_id text not null,
  seq bigint not null,
  role text not null check (role in ('customer', 'ai', 'human', 'system', 'note')),
  text text not null,
  status text check (status in ('accepted', 'processing', 'answered', 'handed_off', 'failed')), -- a customer's only
  turn integer, -- the turn that claimed it or said it
  in_reply_to jsonb not null default '[]',
  citations jsonb,
  author jsonb,
  client_key text, -- 'id:<id>' or 'key:<Idempotency-Key>': the same key is the same message
  is_first boolean not null default false,
  created_at timestamptz not null,
  primary key (conversation_id, id)
);
create unique index messages_by_client_key on messages (conversation_id, client_key) where client_key is not null;
create unique index messages_first_by_client_key on messages (tenant_id, customer_id, client_key) where is_first and client_key is not null;
create unique index messages_by_seq on messages (conversation_id, seq);
create index messages_waiting on messages (conversation_id) where status in ('accepted', 'processing');
create index messages_overdue on messages (created_at) where status in ('accepted', 'processing');

create table events (
  tenant_id text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  seq bigint not null,
  type text not null,
  key text not null, -- natural key: turn, call, message or command id
  audience text not null default 'all' check (audience in ('all', 'agents')),
  data jsonb not null,
  at timestamptz not null,
  primary key (conversation_id, seq),
  unique (conversation_id, type, key)
);

create table turns (
  tenant_id text not null,
  desk text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  number integer not null,
  cause text not null check (cause in ('messages', 'approval')),
  state text not null default 'open' check (state in ('open', 'done', 'handed_off', 'failed', 'abandoned')),
  floor integer not null,
  reply_message_id text not null,
  intent text,
  specialist text,
  confidence real,
  routed_by text check (routed_by in ('rules', 'model')),
  text_key text, -- the rules chose a text of the catalogue; no model is called
  transfers integer not null default 0,
  attempt integer not null default 0, -- model attempts, numbered by the store so that late deltas can be told apart
  outcome text,
  started_at timestamptz not null,
  deadline_at timestamptz not null,
  alive_at timestamptz not null, -- last sign of life of whoever works on it; the relay rings when it grows old
  ended_at timestamptz,
  primary key (conversation_id, number)
);

create table steps (
  tenant_id text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  turn integer not null,
  key text not null, -- 'classify', 'model/<round>', 'tool/<call id>', 'prefetch/<n>'
  ordinal integer not null, -- order of the prompt
  kind text not null check (kind in ('classify', 'model', 'tool', 'prefetch')),
  tool text,
  call_id text,
  outcome text,
  content jsonb not null,
  created_at timestamptz not null,
  primary key (conversation_id, turn, key)
);

create table misroutes (
  tenant_id text not null,
  desk text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  turn integer not null,
  ordinal integer not null,
  routed_by text not null,
  from_specialist text not null,
  to_specialist text not null,
  created_at timestamptz not null,
  primary key (conversation_id, turn, ordinal)
);

create table commands (
  tenant_id text not null,
  actor text not null,
  id text not null, -- Idempotency-Key, or run id + ordinal for an operator's signal
  kind text not null,
  request_digest text not null,
  conversation_id text,
  outcome jsonb not null, -- what the first one was answered
  created_at timestamptz not null,
  primary key (tenant_id, actor, id)
);

create table effects (
  tenant_id text not null,
  desk text not null,
  id text primary key,
  key text not null, -- the idempotency key that reaches the back end
  conversation_id text not null references conversations (id) on delete cascade,
  customer_id text not null,
  authority text not null check (authority in ('turn', 'approval', 'handoff')),
  turn integer,
  call_id text,
  approval_id text,
  handoff_id text,
  floor integer not null,
  tool text not null,
  digest text not null,
  arguments jsonb not null,
  business_key text,
  state text not null default 'intended' check (state in ('intended', 'sent', 'settled', 'refused', 'unknown')),
  tries integer not null default 0,
  next_try_at timestamptz,
  outcome jsonb,
  created_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  unique (tenant_id, key)
);
create unique index effects_business_lock on effects (tenant_id, desk, business_key)
  where business_key is not null and state in ('intended', 'sent', 'unknown');
create index effects_of_conversation on effects (conversation_id);

create table approvals (
  tenant_id text not null,
  desk text not null,
  id text primary key,
  conversation_id text not null references conversations (id) on delete cascade,
  turn integer not null,
  tool text not null,
  arguments jsonb not null,
  digest text not null,
  policy_version text not null,
  state text not null default 'pending',
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index approvals_of_conversation on approvals (conversation_id);

create table handoffs (
  tenant_id text not null,
  desk text not null,
  id text primary key,
  conversation_id text not null references conversations (id) on delete cascade,
  state text not null default 'offered' check (state in ('offered', 'seen', 'claimed', 'answered', 'handed_back', 'resolved')),
  reason text not null,
  priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
  ticket_id text,
  claimed_by jsonb, -- {id, name}
  brief jsonb not null,
  acknowledgement_id text, -- the system message that told the customer
  offered_at timestamptz not null,
  deadline_at timestamptz not null,
  claimed_at timestamptz,
  ended_at timestamptz
);
create unique index handoffs_one_live on handoffs (conversation_id) where state in ('offered', 'seen', 'claimed', 'answered');
create index handoffs_by_urgency on handoffs (tenant_id, state, offered_at);

create table usage (
  tenant_id text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  turn integer not null,
  key text not null, -- the step it paid for, or 'summary/<seq>'
  model text not null,
  purpose text not null,
  input_tokens integer not null,
  output_tokens integer not null,
  cost_usd numeric(20, 9) not null,
  created_at timestamptz not null,
  primary key (conversation_id, turn, key)
);

create table audit_log (
  tenant_id text not null,
  id bigint generated always as identity primary key,
  conversation_id text,
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}',
  at timestamptz not null
);
create index audit_log_by_conversation on audit_log (conversation_id, id);
create index audit_log_by_actor on audit_log (tenant_id, actor, id);

create table passages (
  tenant_id text not null,
  desk text not null,
  document text not null, -- file name without extension
  ordinal integer not null,
  title text not null,
  heading text not null default '',
  text text not null,
  digest text not null,
  search tsvector generated always as (
    setweight(to_tsvector('english', title || ' ' || heading), 'A') || setweight(to_tsvector('english', text), 'B')
  ) stored,
  primary key (tenant_id, desk, document, ordinal)
);
create index passages_search on passages using gin (search);
