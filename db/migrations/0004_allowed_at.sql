-- The lease to send a write counts from when somebody was last allowed to send it; sent_at stays when it was first sent.

alter table effects add column allowed_at timestamptz;
update effects set allowed_at = sent_at where sent_at is not null;
