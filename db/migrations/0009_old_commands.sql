-- Commands are forgotten after a month: found by their age.

create index commands_by_age on commands (created_at);
