// Where the issuer keeps codes and sessions: in the sandbox's database, so that a restart signs nobody out.
import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Store } from '../store/database.ts'

/** An adapter factory for oidc-provider over the store. */
export function oidcRecords(store: Store) {
  return (model: string): Adapter => {
    const find = (column: 'id' | 'uid', value: string): AdapterPayload | undefined => {
      const row = store.get(
        `SELECT payload FROM oidc_records WHERE model = ? AND ${column} = ? AND expires_at > ?`,
        model,
        value,
        Date.now(),
      )
      if (!row) return undefined
      const payload: AdapterPayload = JSON.parse(String(row['payload']))
      return payload
    }
    const upsert = (id: string, payload: AdapterPayload, expiresIn = 86_400): void => {
      store.run('DELETE FROM oidc_records WHERE expires_at <= ?', Date.now())
      store.run(
        'INSERT OR REPLACE INTO oidc_records (model, id, uid, grant_id, payload, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
        model,
        id,
        payload.uid ?? null,
        payload.grantId ?? null,
        JSON.stringify(payload),
        Date.now() + expiresIn * 1000,
      )
    }
    return {
      upsert: async (id, payload, expiresIn) => upsert(id, payload, expiresIn),
      find: async (id) => find('id', id),
      findByUid: async (uid) => find('uid', uid),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = find('id', id)
        if (payload) upsert(id, { ...payload, consumed: Math.floor(Date.now() / 1000) }, 3600)
      },
      destroy: async (id) => {
        store.run('DELETE FROM oidc_records WHERE model = ? AND id = ?', model, id)
      },
      revokeByGrantId: async (grantId) => {
        store.run('DELETE FROM oidc_records WHERE model = ? AND grant_id = ?', model, grantId)
      },
    }
  }
}
