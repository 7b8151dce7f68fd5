// Markdown with front matter becomes passages, one per heading: small enough to cite, whole enough to answer.

/** Title, the heading it stands under ('' before the first) and its text. */
export type Chunk = { title: string; heading: string; text: string }

const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/
const HEADING = /^(#{1,6})[ \t]+(\S.*)$/

/** Longest passage in characters; a longer section is cut between paragraphs. */
export const LONGEST_PASSAGE = 1_600

/** The passages of one article. The title comes from the front matter, else from the first `#` heading, else from `fallbackTitle`. */
export function chunkMarkdown(source: string, fallbackTitle: string): Chunk[] {
  const front = FRONT_MATTER.exec(source)
  const body = front ? source.slice(front[0].length) : source
  let title = titleOf(front?.[1] ?? '')
  let heading = ''
  let lines: string[] = []
  let fenced = false
  const sections: { heading: string; text: string }[] = []
  const close = () => {
    const text = lines.join('\n').trim()
    if (text !== '') sections.push({ heading, text })
    lines = []
  }
  for (const line of body.split(/\r?\n/)) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced
    const match = fenced ? null : HEADING.exec(line)
    if (!match) {
      lines.push(line)
      continue
    }
    close()
    const words = (match[2] ?? '').replace(/\s+#+\s*$/, '').trim()
    if (match[1] === '#' && title === '') title = words
    else heading = words
  }
  close()
  const name = title === '' ? fallbackTitle : title
  return sections.flatMap((section) =>
    cut(section.text).map((text) => ({ title: name, heading: section.heading === name ? '' : section.heading, text })),
  )
}

function titleOf(frontMatter: string): string {
  const line = frontMatter.split(/\r?\n/).find((candidate) => /^title\s*:/.test(candidate)) ?? ''
  const value = line.slice(line.indexOf(':') + 1).trim()
  return /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value
}

function cut(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const paragraph of text.split(/\n{2,}/).flatMap(hardCut)) {
    if (piece !== '' && piece.length + paragraph.length + 2 > LONGEST_PASSAGE) {
      pieces.push(piece)
      piece = ''
    }
    piece = piece === '' ? paragraph : `${piece}\n\n${paragraph}`
  }
  return piece === '' ? pieces : [...pieces, piece]
}

function hardCut(paragraph: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start < paragraph.length; start += LONGEST_PASSAGE) {
    pieces.push(paragraph.slice(start, start + LONGEST_PASSAGE))
  }
  return pieces
}
