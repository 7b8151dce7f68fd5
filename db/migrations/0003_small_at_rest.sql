-- What is kept of a conversation at rest, and what a turn leaves behind on its way, is as small as its promises allow.

-- updated_at in an index kept every change of a conversation from being made in place (HOT).
drop index conversations_at_rest;
create index conversations_closed on conversations (tenant_id, closed_at) where status = 'closed';
alter table conversations set (fillfactor = 80);
alter table turns set (fillfactor = 90);

-- A turn, its route and a tool's result stand on keys of turns and steps already, and no change of status is told twice;
-- what stands on its event alone keeps its natural key.
alter table events drop constraint events_conversation_id_type_key_key;
create unique index events_by_key on events (conversation_id, type, key)
  where type not in ('turn-started', 'route-decided', 'tool-finished', 'status-changed');
