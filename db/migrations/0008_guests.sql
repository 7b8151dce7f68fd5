-- People without an account: tokens signed by a key of the installation's own, and conversations that know they are a guest's.
-- Whom a guest became is in identities (kind guest): its customer_id is the guest's own id until they sign in.

alter table installation add column guest_key text;
alter table conversations add column guest boolean not null default false;
