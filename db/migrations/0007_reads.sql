-- What the console and its reports read, what customers think of it, and a record of who did what that shows when it was changed.

-- Which words and rules an answer came from.
alter table turns add column policy_version text;
alter table usage add column prompt_version text;

-- An end of a conversation that nobody came back to. It counts once the quiet window is over, and never again once it is revoked.
create table resolutions (
  tenant_id text not null,
  desk text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  number integer not null,
  resolved_by text not null check (resolved_by in ('ai', 'human')),
  intent text,
  ended_at timestamptz not null,
  resolved_at timestamptz not null, -- when the quiet window is over: until then nothing is claimed
  revoked_at timestamptz, -- the customer returned
  primary key (conversation_id, number)
);
create index resolutions_by_time on resolutions (tenant_id, resolved_at);

-- Thumbs, one a reply; the versions are those that wrote it.
create table feedback (
  tenant_id text not null,
  desk text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  message_id text not null,
  customer_id text not null,
  rating text not null check (rating in ('up', 'down')),
  comment text,
  said_by text not null check (said_by in ('ai', 'human')),
  turn integer,
  intent text,
  specialist text,
  model text,
  prompt_version text,
  policy_version text,
  at timestamptz not null,
  primary key (conversation_id, message_id)
);
create index feedback_by_time on feedback (tenant_id, at);

-- The customer's word on the whole conversation.
create table ratings (
  tenant_id text not null,
  desk text not null,
  conversation_id text primary key references conversations (id) on delete cascade,
  customer_id text not null,
  score integer not null check (score between 1 and 5),
  comment text,
  specialist text,
  model text,
  prompt_version text,
  policy_version text,
  at timestamptz not null
);
create index ratings_by_time on ratings (tenant_id, at);

-- When a policy or prompt came into use, written when a worker starts.
create table versions (
  tenant_id text not null,
  desk text not null,
  kind text not null check (kind in ('policy', 'prompt')),
  specialist text not null default '',
  version text not null,
  at timestamptz not null,
  primary key (tenant_id, desk, kind, specialist, at)
);

-- Reports of some days and the queue must not grow with what is old or closed.
create index conversations_by_creation on conversations (tenant_id, created_at);
create index handoffs_by_offer on handoffs (tenant_id, offered_at);

-- The audit log is a chain: each row's hash covers the row and the hash before it. Rows enter unchained, in the transaction of
-- what they tell of; the worker gives them their position within a second.
alter table audit_log add column position bigint;
alter table audit_log add column previous_hash text;
alter table audit_log add column hash text;
alter table audit_log add column once_key text;
create unique index audit_log_by_position on audit_log (tenant_id, position) where position is not null;
create index audit_log_unchained on audit_log (tenant_id, id) where position is null;
create unique index audit_log_once on audit_log (tenant_id, once_key) where once_key is not null;

-- Where the chain ends. Whoever chains holds this row, so there is one at a time.
create table audit_head (
  tenant_id text primary key,
  position bigint not null,
  hash text not null
);

-- Append-only: the only change ever allowed is that an unchained row gets its place in the chain.
create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.position is null and new.position is not null
    and new.previous_hash is not null and new.hash is not null
    and (to_jsonb(new) - 'position' - 'previous_hash' - 'hash') = (to_jsonb(old) - 'position' - 'previous_hash' - 'hash')
  then
    return new;
  end if;
  raise exception 'the audit log is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function audit_log_is_append_only();
create trigger audit_log_not_emptied before truncate on audit_log
  for each statement execute function audit_log_is_append_only();
