-- A person's consent to exactly one write: what will run, in words made from it, who is needed, who decided, and whether the
-- customer has been told.

alter table approvals add column customer_id text not null default '';
alter table approvals add column call_id text;
alter table approvals add column kind text not null default '';
alter table approvals add column business_key text;
alter table approvals add column amount_cents bigint;
alter table approvals add column currency text;
alter table approvals add column facts jsonb not null default '{}';
alter table approvals add column text text not null default '';
alter table approvals add column consequence text not null default '';
alter table approvals add column what text not null default '';
alter table approvals add column reasons jsonb not null default '[]';
alter table approvals add column needed_role text not null default 'supervisor' check (needed_role in ('agent', 'supervisor'));
alter table approvals add column needed_people integer not null default 1;
alter table approvals add column refused_because text;
alter table approvals add column superseded_by text;
alter table approvals add column decided_at timestamptz;
alter table approvals add column next_try_at timestamptz;
alter table approvals add column told_at timestamptz;

create index approvals_by_state on approvals (tenant_id, state, id);
create unique index approvals_one_open on approvals (tenant_id, desk, business_key)
  where business_key is not null and state in ('pending', 'approved');

create table approval_decisions (
  tenant_id text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  approval_id text not null references approvals (id) on delete cascade,
  person_id text not null,
  person_name text not null,
  person_role text not null,
  decision text not null check (decision in ('approve', 'refuse', 'edit')),
  request_digest text not null, -- digest, decision and arguments: the very same request again has the first outcome
  outcome jsonb not null,
  at timestamptz not null,
  primary key (approval_id, person_id)
);

alter table turns add column approval_id text;
alter table effects add column amount_cents bigint;
create index effects_of_customer on effects (tenant_id, customer_id, created_at) where amount_cents is not null;
create index effects_by_approval on effects (approval_id) where approval_id is not null;
alter table installation add column approval_link_secret text;
