// Links in a model's text lead only to the desk's hosts. A page may make a link of anything that looks like one, so bare
// addresses count too.

const MARKDOWN = /!?\[([^[\]\n]{0,300})\]\(\s{0,3}<?([^()\s<>]{1,1000})>?(?:\s{1,3}["'][^"'\n]{0,200}["'])?\s{0,3}\)/g
const WITH_SCHEME = /\b[a-z][a-z0-9+.-]{0,30}:\/{1,2}[^\s<>"'`]+|\b(?:javascript|vbscript|data|blob):[^\s<>"'`]+/
// Only endings that are common in links: a sentence without a space ("done.Next") is no address.
const BARE =
  /(?<![\w@./:-])(?:[a-z0-9-]{1,63}\.){1,6}(?:com|net|org|io|info|biz|co|ru|cn|xyz|top|shop|app|dev|site|online|link|click|me|ly|gl|uk|de|eu|us)(?::\d{1,5})?(?:\/[^\s<>"'`]*)?(?![\w@-])/
// In one, so that an address inside an allowed link (?from=other.com) is part of it.
const ADDRESS = new RegExp(`${WITH_SCHEME.source}|${BARE.source}`, 'giu')
// A mark after a link belongs to the sentence.
const TRAILING = /[.,;:!?)\]}*_]+$/

export type LinkedText = { text: string; removed: number }

// Removing one link can put the halves of another together; each round makes the text shorter.
const MOST_ROUNDS = 20

/** Removes links to other hosts; the words of a Markdown link stay. `hosts` are names or `name:port`, matched whole. */
export function keepAllowedLinks(text: string, hosts: readonly string[]): LinkedText {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()))
  let kept: LinkedText = { text, removed: 0 }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = withoutForbidden(kept.text, allowed)
    if (next.removed === 0) break
    kept = { text: next.text, removed: kept.removed + next.removed }
  }
  return kept
}

function withoutForbidden(text: string, allowed: ReadonlySet<string>): LinkedText {
  let removed = 0
  const judge = (link: string, whole: string, instead: string): string => {
    if (isAllowed(link, allowed)) return whole
    removed += 1
    return instead
  }
  const kept = text
    .replace(MARKDOWN, (whole, label: string, target: string) => judge(target, whole, label))
    .replace(ADDRESS, (match) => {
      const mark = TRAILING.exec(match)?.[0] ?? ''
      return judge(match.slice(0, match.length - mark.length), match, mark)
    })
  return { text: removed > 0 ? closeGaps(kept) : kept, removed }
}

const closeGaps = (text: string): string => text.replace(/(\S) {2,3}(?=\S)/g, '$1 ').replace(/ {1,3}([.,;:!?])/g, '$1')

function isAllowed(link: string, allowed: ReadonlySet<string>): boolean {
  const address = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(link) ? link : `https://${link.replace(/^\/+/, '')}`
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  // A name before the host is there to deceive.
  if (url.username !== '' || url.password !== '') return false
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false
  return allowed.has(url.host) || allowed.has(url.hostname)
}
