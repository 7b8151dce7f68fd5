// The events of a stream that was asked for by fetch.
import { createEventParser, type ServerSentEvent } from '../../web/shared/event-parser.ts'

/** The events of a response body, until it ends or its request is aborted; `onAlive` hears of every piece, comments too. */
export async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  onAlive: () => void = () => undefined,
): AsyncGenerator<ServerSentEvent> {
  const parse = createEventParser()
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    onAlive()
    yield* parse(piece)
  }
}
