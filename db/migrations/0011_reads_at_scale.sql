-- What supervisors read of months, timed on a million turns. None of these grows with a turn: the first only with what is audited,
-- the second only with what people write.

create index audit_log_by_time on audit_log (tenant_id, at);
create index messages_of_people on messages (conversation_id, seq) where role = 'human';
