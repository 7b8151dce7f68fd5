// The labelled first messages of a file: one JSON object a line.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** The labels of the data. */
export const LABELS = ['account', 'order', 'tech_support', 'escalation', 'none'] as const
export type Label = (typeof LABELS)[number]
const intent = z.enum(LABELS)
// More fields (source, licence, note) may follow; we need none of them.
const row = z.object({
  /** Becomes part of a message id, so only its characters. */
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 of A-Z a-z 0-9 _ -')
    .optional(),
  text: z.string().min(1),
  intent,
  also_accept: z.array(intent).default([]),
})

/** One first message and what is right for it. */
export type Utterance = Required<z.infer<typeof row>>

const PROBLEMS_SHOWN = 5

/** Reads and checks a file. Throws one Error that names the first wrong lines; no text of a message is in it. */
export async function readUtterances(file: string): Promise<Utterance[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    throw new Error(`Cannot read ${file}. Name a file of labelled messages: npm run eval -- --utterances FILE`)
  }
  const { rows, problems } = parseUtterances(text)
  if (problems.length > 0) {
    const more = problems.length > PROBLEMS_SHOWN ? [`and ${problems.length - PROBLEMS_SHOWN} more`] : []
    const lines = [...problems.slice(0, PROBLEMS_SHOWN), ...more].map((problem) => `  - ${problem}`)
    throw new Error(`${file} is not a list of labelled messages:\n${lines.join('\n')}`)
  }
  if (rows.length === 0) throw new Error(`${file} has no rows.`)
  return rows
}

/** The rows of a text, and a line for each that is wrong. A row without an id is named by its line. */
export function parseUtterances(text: string): { rows: Utterance[]; problems: string[] } {
  const rows: Utterance[] = []
  const problems: string[] = []
  const lineOf = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const number = index + 1
    const parsed = row.safeParse(fromJson(line))
    if (!parsed.success) {
      problems.push(`line ${number}: ${parsed.error.issues.map(problemOf).join('; ')}`)
      continue
    }
    const id = parsed.data.id ?? `line-${number}`
    const before = lineOf.get(id)
    if (before !== undefined) problems.push(`line ${number}: id ${id} is that of line ${before}`)
    lineOf.set(id, number)
    rows.push({ ...parsed.data, id })
  }
  return { rows, problems }
}

function problemOf({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? 'not a JSON object' : `${path.join('.')}: ${message}`
}

function fromJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
