// Knowledge on PostgreSQL full text, the same on PGlite. One word of the question is one query; a passage's score is the
// share of the question's weight that it answers, where a rare word weighs more than one that stands everywhere.
// So a question about things we never wrote of stays under the floor even when it shares a common word with an article.
import { sql } from 'kysely'
import type { QueryExecutorProvider } from 'kysely'
import type { Knowledge, Passage, PassageStore } from '../ports/knowledge.ts'

/** The least share of a question's weight that makes a passage relevant; measured on the demo desk's articles. */
const RELEVANCE_FLOOR = 0.18
const MOST_WORDS = 24

/** Any Kysely instance over a database with the table `passages`; nothing else of it is touched. */
export type KnowledgeDatabase = { db: QueryExecutorProvider; tenant: string }

/** The search of the port `Knowledge`, within one tenant. */
export function postgresKnowledge({ db, tenant }: KnowledgeDatabase): Knowledge {
  return {
    async search({ desk, query, limit }) {
      const words = wordsOf(query)
      if (words.length === 0 || limit < 1) return []
      const found = await sql<Passage>`
        with words as (
          select distinct q from unnest(${words}::text[]) as word, to_tsquery('english', word) as q where numnode(q) > 0
        ), hits as (
          select p.document, p.ordinal, w.q, ts_rank_cd(p.search, w.q, 32) as rank
          from passages p join words w on p.search @@ w.q
          where p.tenant_id = ${tenant} and p.desk = ${desk}
        ), weights as (
          select w.q, ln(1 + (1 + (select count(*) from passages where tenant_id = ${tenant} and desk = ${desk}))
            / (1.0 + count(h.document))) as weight
          from words w left join hits h on h.q = w.q group by w.q
        ), scores as (
          select h.document, h.ordinal, sum(h.rank * w.weight) / (select sum(weight) from weights) as score
          from hits h join weights w on w.q = h.q group by h.document, h.ordinal
        )
        select p.document, p.title, p.heading, p.text, s.score::float8 as score
        from scores s join passages p using (document, ordinal)
        where p.tenant_id = ${tenant} and p.desk = ${desk} and s.score >= ${RELEVANCE_FLOOR}
        order by s.score desc, p.document, p.ordinal limit ${limit}`.execute(db)
      return found.rows
    },
  }
}

/** The store that ingest writes to, within one tenant. */
export function postgresPassages({ db, tenant }: KnowledgeDatabase): PassageStore {
  return {
    async list(desk) {
      const found = await sql<{ document: string; ordinal: number; digest: string }>`
        select document, ordinal, digest from passages
        where tenant_id = ${tenant} and desk = ${desk} order by document, ordinal`.execute(db)
      return found.rows
    },
    async put(desk, passages) {
      await sql`
        insert into passages (tenant_id, desk, document, ordinal, title, heading, text, digest)
        select ${tenant}, ${desk}, p.document, p.ordinal, p.title, p.heading, p.text, p.digest
        from jsonb_to_recordset(${JSON.stringify(passages)}::jsonb)
          as p(document text, ordinal integer, title text, heading text, text text, digest text)
        order by p.document, p.ordinal
        on conflict (tenant_id, desk, document, ordinal)
        do update set title = excluded.title, heading = excluded.heading, text = excluded.text, digest = excluded.digest`.execute(
        db,
      )
    },
    async remove(desk, keys) {
      await sql`
        delete from passages p using jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as gone(document text, ordinal integer)
        where p.tenant_id = ${tenant} and p.desk = ${desk} and p.document = gone.document and p.ordinal = gone.ordinal`.execute(
        db,
      )
    },
  }
}

/** Letters and digits only, so that nothing of a customer's text reaches the query language of tsquery. */
function wordsOf(query: string): string[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words.filter((word) => word.length <= 40))].slice(0, MOST_WORDS)
}
