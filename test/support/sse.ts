// Reads a stream of server-sent events as a client would.
export type SseEvent = { id?: string; name: string; data: Record<string, unknown> }
export type SseClient = {
  status: number
  /** Everything received so far; comments are not events. */
  events: SseEvent[]
  /** The names, in order. */
  names: () => string[]
  /** Resolves when the server ends the stream. */
  ended: Promise<void>
  close: () => void
}

export async function openStream(url: string, headers: Record<string, string>): Promise<SseClient> {
  const leave = new AbortController()
  const response = await fetch(url, { headers, signal: leave.signal })
  const events: SseEvent[] = []
  const ended = read(response, events).catch(() => undefined)
  return {
    status: response.status,
    events,
    names: () => events.map(({ name }) => name),
    ended,
    close: () => leave.abort(),
  }
}

async function read(response: Response, events: SseEvent[]): Promise<void> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line): [string, string] => {
          const colon = line.indexOf(': ')
          return [line.slice(0, colon), line.slice(colon + 2)]
        }),
      )
      const name = fields.get('event')
      if (name === undefined) continue
      const id = fields.get('id')
      const data = JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>
      events.push({ ...(id === undefined ? {} : { id }), name, data })
    }
  }
}
