// A desk's folder of articles into the passage store. The diff is taken by digest, so a restart writes nothing,
// an edited paragraph writes one row, and a run that died half-way is mended by the next.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalJson } from '../domain/json.ts'
import type { PassageKey, PassageStore, StoredPassage } from '../ports/knowledge.ts'
import { chunkMarkdown } from './chunk.ts'

/** How many passages were written, removed, and already right. */
export type IngestReport = { documents: number; written: number; removed: number; unchanged: number }

/** Makes the store hold exactly the passages of the folder's `*.md` files (not of folders inside it). */
export async function ingestFolder(request: { desk: string; folder: URL; store: PassageStore }): Promise<IngestReport> {
  const { desk, store } = request
  const folder = fileURLToPath(request.folder)
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted()
  const wanted = (await Promise.all(files.map((name) => passagesOf(join(folder, name))))).flat()
  const stored = new Map((await store.list(desk)).map((passage) => [keyOf(passage), passage]))
  const changed = wanted.filter((passage) => stored.get(keyOf(passage))?.digest !== passage.digest)
  const kept = new Set(wanted.map(keyOf))
  const gone = [...stored.values()].filter((passage) => !kept.has(keyOf(passage)))
  if (changed.length > 0) await store.put(desk, changed)
  if (gone.length > 0) await store.remove(desk, gone)
  return {
    documents: files.length,
    written: changed.length,
    removed: gone.length,
    unchanged: wanted.length - changed.length,
  }
}

async function passagesOf(file: string): Promise<StoredPassage[]> {
  const document = basename(file, '.md')
  const chunks = chunkMarkdown(await readFile(file, 'utf8'), document.replaceAll('-', ' '))
  return chunks.map((chunk, ordinal) => ({ document, ordinal, ...chunk, digest: digestOf(chunk) }))
}

const digestOf = (value: object): string => createHash('sha256').update(canonicalJson(value)).digest('hex')
const keyOf = ({ document, ordinal }: PassageKey): string => `${document}#${ordinal}`
