// What the durable events of a conversation tell about its first turn.
import type { StreamEvent } from '../scripts/client/follow.ts'
import type { Route } from './row-result.ts'

/** Collected from the events up to the reply. */
export interface Story {
  route?: Route
  tools: string[]
  handoffs: string[]
  /** Message ids of `message-accepted` and `message-completed` events that came twice. */
  repeated: string[]
}

/** Collects the story; events may come in any number, in order. */
export function tellStory(events: StreamEvent[]): Story {
  const story: Story = { tools: [], handoffs: [], repeated: [] }
  const seen = new Set<string>()
  for (const event of events) {
    if (event.type === 'route-decided') story.route ??= routeOf(event)
    if (event.type === 'tool-started') story.tools.push(String(event['tool']))
    if (event.type === 'handoff-offered') story.handoffs.push(String(event['handoff_id']))
    const message = messageOf(event)
    if (message === undefined) continue
    const once = `${event.type} ${message}`
    if (seen.has(once)) story.repeated.push(`event ${once} twice`)
    seen.add(once)
  }
  return story
}

function routeOf({ intent, specialist, by, confidence }: StreamEvent): Route {
  return {
    intent: String(intent),
    specialist: typeof specialist === 'string' ? specialist : null,
    by: by === 'rules' ? 'rules' : 'model',
    confidence: Number(confidence),
  }
}

function messageOf({ type, message, message_id }: StreamEvent): string | undefined {
  if (type === 'message-accepted') return String(message_id)
  if (type !== 'message-completed' || typeof message !== 'object' || message === null) return undefined
  return 'id' in message ? String(message.id) : undefined
}
