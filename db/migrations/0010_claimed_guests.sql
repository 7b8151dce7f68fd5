-- A guest who signed in leaves no row of their own; those of before go too. Customers are found by the identities that point to
-- them, so that removing one does not read them all.

create index identities_by_customer on identities (tenant_id, customer_id);
delete from customers guest
  where exists (select 1 from identities i
      where i.tenant_id = guest.tenant_id and i.kind = 'guest' and i.subject = guest.id and i.customer_id <> guest.id)
    and not exists (select 1 from conversations c where c.tenant_id = guest.tenant_id and c.customer_id = guest.id);
