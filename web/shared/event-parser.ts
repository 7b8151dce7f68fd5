// For browsers, and for our clients in Node: reads server-sent events as the HTML standard writes them, as far as everdesk sends them: id, event, data, comments.

/** One event of a stream. */
export interface ServerSentEvent {
  /** Its name; `message` when the server gave none. */
  event: string
  /** Its own id, undefined when it carries none (such events are not sent again). */
  id: string | undefined
  /** The data lines, joined. */
  data: string
}

/** Takes the stream in pieces of any size and returns the events that became complete. */
export function createEventParser(): (piece: string) => ServerSentEvent[] {
  let rest = ''
  let fields = new Map<string, string>()
  return (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    const complete: ServerSentEvent[] = []
    for (const line of lines.map((each) => each.replace(/\r$/, ''))) {
      if (line !== '') {
        note(fields, line)
        continue
      }
      const data = fields.get('data')
      if (data !== undefined) complete.push({ event: fields.get('event') ?? 'message', id: fields.get('id'), data })
      fields = new Map()
    }
    return complete
  }
}

function note(fields: Map<string, string>, line: string): void {
  const colon = line.indexOf(':')
  if (colon === 0) return // A comment: the server shows that it is still there.
  const name = colon < 0 ? line : line.slice(0, colon)
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  const before = name === 'data' ? fields.get('data') : undefined
  fields.set(name, before === undefined ? value : `${before}\n${value}`)
}
