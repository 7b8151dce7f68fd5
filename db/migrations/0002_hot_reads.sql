-- Reads of every scrape of the metrics, of every poll, and of lists people wait for must not grow with what is closed.

create index conversations_not_closed on conversations (tenant_id, status) where status <> 'closed';
create index conversations_at_rest on conversations (tenant_id, updated_at) where status in ('resolved', 'closed');
create index effects_by_state on effects (tenant_id, state, id);
create index handoffs_of_conversation on handoffs (conversation_id, offered_at);
