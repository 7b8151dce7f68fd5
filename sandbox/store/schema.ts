/** Tables of the demo company, the ledger and the idempotency keys: one file, so that an effect and its proof commit together. */
export const schema = `
CREATE TABLE IF NOT EXISTS seeded (at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS customers (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL, tier TEXT NOT NULL,
  language TEXT NOT NULL, locked INTEGER NOT NULL, locked_reason TEXT, member_since TEXT NOT NULL, address TEXT NOT NULL,
  card_brand TEXT, card_last4 TEXT);
CREATE TABLE IF NOT EXISTS customer_notes (
  id INTEGER PRIMARY KEY, customer_id TEXT NOT NULL, text TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS products (
  sku TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, price_cents INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS orders (
  number TEXT PRIMARY KEY, customer_id TEXT NOT NULL, status TEXT NOT NULL, placed_at TEXT NOT NULL, currency TEXT NOT NULL,
  carrier TEXT, tracking TEXT, eta TEXT, delivered_on TEXT, late INTEGER NOT NULL, address TEXT NOT NULL, cancel_reason TEXT);
CREATE INDEX IF NOT EXISTS orders_by_customer ON orders (customer_id, placed_at);
CREATE TABLE IF NOT EXISTS order_items (
  order_number TEXT NOT NULL, sku TEXT NOT NULL, name TEXT NOT NULL, quantity INTEGER NOT NULL, unit_cents INTEGER NOT NULL,
  PRIMARY KEY (order_number, sku));
CREATE TABLE IF NOT EXISTS order_refunds (
  key TEXT PRIMARY KEY, order_number TEXT NOT NULL, amount_cents INTEGER NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS order_refunds_by_order ON order_refunds (order_number);
CREATE TABLE IF NOT EXISTS invoices (
  number TEXT PRIMARY KEY, customer_id TEXT NOT NULL, order_number TEXT, description TEXT NOT NULL, amount_cents INTEGER NOT NULL,
  currency TEXT NOT NULL, issued_on TEXT NOT NULL, due_on TEXT NOT NULL, status TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS invoices_by_customer ON invoices (customer_id, issued_on);
CREATE TABLE IF NOT EXISTS transactions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, reference TEXT NOT NULL, kind TEXT NOT NULL, customer_id TEXT NOT NULL, order_number TEXT,
  amount_cents INTEGER NOT NULL, currency TEXT NOT NULL, reason TEXT NOT NULL, booked_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS transactions_by_reference ON transactions (reference);
CREATE TABLE IF NOT EXISTS tickets (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, customer_id TEXT, subject TEXT NOT NULL, description TEXT NOT NULL,
  priority TEXT NOT NULL, status TEXT NOT NULL, metadata TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ticket_comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, ticket INTEGER NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, system TEXT NOT NULL, kind TEXT NOT NULL, operation TEXT NOT NULL,
  business_key TEXT NOT NULL, idempotency_key TEXT, reference TEXT, customer_id TEXT, repeated INTEGER NOT NULL DEFAULT 0,
  amount_cents INTEGER);
CREATE INDEX IF NOT EXISTS ledger_by_key ON ledger (system, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS ledger_by_reference ON ledger (system, reference) WHERE reference IS NOT NULL;
CREATE TABLE IF NOT EXISTS idempotency (
  system TEXT NOT NULL, key TEXT NOT NULL, operation TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL,
  answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (system, key));
CREATE TABLE IF NOT EXISTS oidc_records (
  model TEXT NOT NULL, id TEXT NOT NULL, uid TEXT, grant_id TEXT, payload TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (model, id));
`
