-- Notices to the world outside, who of the staff is there, and a deadline with a next step for every state of a handoff.

create table notices (
  tenant_id text not null,
  desk text not null,
  id text primary key, -- the webhook-id, the same at every attempt
  conversation_id text not null references conversations (id) on delete cascade,
  type text not null,
  subject text not null, -- id of the handoff or the approval
  data jsonb not null, -- emptied once it was received: it may hold links that decide
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given_up')),
  tries integer not null default 0,
  next_try_at timestamptz not null,
  last_failure text, -- a code
  created_at timestamptz not null,
  ended_at timestamptz
);
create index notices_waiting on notices (next_try_at) where state = 'waiting';
create index notices_given_up on notices (tenant_id, created_at) where state = 'given_up';

create table people (
  tenant_id text not null,
  id text not null,
  name text not null,
  role text not null check (role in ('agent', 'supervisor', 'admin')),
  seen_at timestamptz not null,
  away boolean not null default false,
  primary key (tenant_id, id)
);

alter table handoffs add column team text;
alter table handoffs add column assigned_to jsonb; -- {id, name}: only this person may claim it until the deadline
alter table handoffs add column offers integer not null default 1;
alter table handoffs add column missed integer not null default 0; -- deadlines missed since it came to its state
alter table handoffs add column next_step text; -- what happens at deadline_at
alter table handoffs add column promised_at timestamptz; -- the time the customer was first told
alter table handoffs add column seen_at timestamptz;
alter table handoffs add column answered_at timestamptz;
update handoffs set promised_at = deadline_at;
