import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresKnowledge, postgresPassages } from '../../src/adapters/postgres-knowledge.ts'
import { desk } from '../../src/desks/electronics-store/desk.ts'
import { ingestFolder } from '../../src/knowledge/ingest.ts'
import { openOnPglite, openOnPostgres } from './passage-database.ts'

const articles = new URL('../../src/desks/electronics-store/knowledge', import.meta.url)

const databases = [
  { kind: 'PGlite', opened: await openOnPglite() },
  { kind: 'PostgreSQL', opened: await openOnPostgres() },
].flatMap(({ kind, opened }) => (opened ? [{ kind, opened }] : []))

describe.each(databases)('knowledge on $kind', ({ opened }) => {
  const database = (tenant = 'default') => ({ db: opened.db, tenant })
  const find = async (query: string, limit = 3) =>
    (await postgresKnowledge(database()).search({ desk: desk.name, query, limit })).map(({ document }) => document)

  beforeAll(async () => {
    await ingestFolder({ desk: desk.name, folder: articles, store: postgresPassages(database()) })
  })
  afterAll(() => opened.close())

  test('a second ingest of the same folder writes nothing', async () => {
    const report = await ingestFolder({ desk: desk.name, folder: articles, store: postgresPassages(database()) })
    expect(report).toEqual({ documents: 40, written: 0, removed: 0, unchanged: report.unchanged })
    expect(report.unchanged).toBeGreaterThan(120)
  })

  test('an edited paragraph writes one passage, and a deleted article leaves none behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'everdesk-articles-'))
    try {
      const store = postgresPassages(database())
      const ingest = () => ingestFolder({ desk: 'edited', folder: pathToFileURL(`${folder}/`), store })
      await writeFile(join(folder, 'a.md'), '# A\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n')
      await writeFile(join(folder, 'b.md'), '# B\n\nThird.\n')
      expect(await ingest()).toEqual({ documents: 2, written: 3, removed: 0, unchanged: 0 })
      await writeFile(join(folder, 'a.md'), '# A\n\n## One\n\nFirst.\n\n## Two\n\nChanged.\n')
      expect(await ingest()).toEqual({ documents: 2, written: 1, removed: 0, unchanged: 2 })
      await rm(join(folder, 'b.md'))
      await writeFile(join(folder, 'a.md'), '# A\n\n## One\n\nFirst.\n')
      expect(await ingest()).toEqual({ documents: 1, written: 0, removed: 2, unchanged: 1 })
      expect((await store.list('edited')).map(({ document, ordinal }) => `${document}#${ordinal}`)).toEqual(['a#0'])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('two ingests of one folder at once end with the same rows', async () => {
    const store = postgresPassages(database())
    const ingest = () => ingestFolder({ desk: 'twice', folder: articles, store })
    await Promise.all([ingest(), ingest()])
    expect((await ingest()).written).toBe(0)
  })

  test.each([
    ['What are your opening hours?', 'opening-hours'],
    ['what is your refund policy', 'refunds'],
    ['my bluetooth headphones will not pair with my phone', 'bluetooth-pairing'],
    ['reset router to factory settings', 'factory-reset'],
    ['how long does delivery take', 'shipping-times'],
    ['can I return earbuds', 'returns'],
    ['pay installments', 'payment-methods'],
    ['premium member', 'loyalty-tiers'],
    ['phone number', 'contact-and-complaints'],
    ['apple pay does not work at checkout', 'contactless-wallets'],
    ['is there a cancellation fee', 'cancelling'],
    ['my watch will not sync', 'syncing-devices'],
    ['unsubscribe from the newsletter', 'newsletter'],
    ['the app crashes when I open it', 'app-problems'],
    ['which payment methods do you accept', 'payment-methods'],
  ])('"%s" finds %s', async (query, document) => {
    expect(await find(query)).toContain(document)
  })

  test.each([
    'What is the capital of Mongolia?',
    'quantum chromodynamics lecture',
    'do you sell flight tickets to mars',
    'asdf qwer zxcv',
    'the of and',
    '',
    '!!! ??? ((( & | :* <->',
    "'); drop table passages; --",
  ])('"%s" finds nothing', async (query) => {
    expect(await find(query)).toEqual([])
  })

  test('a search sees only its own tenant and desk', async () => {
    const asked = { query: 'opening hours', limit: 3 }
    expect(await postgresKnowledge(database()).search({ ...asked, desk: 'another-desk' })).toEqual([])
    expect(await postgresKnowledge(database('another')).search({ ...asked, desk: desk.name })).toEqual([])
    expect(await postgresPassages(database('another')).list(desk.name)).toEqual([])
  })

  test('a hostile query of 5,000 characters is answered', async () => {
    expect(await find(`${'shipping \u{1F600} ﷽ ñ '.repeat(300)}\u0301`)).toBeInstanceOf(Array)
  })
})
