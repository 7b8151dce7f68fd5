// From the events of the stream to what is shown. Pure: no terminal, no clock, no network.
import type { Citation, MessageView } from '../../src/domain/conversation.ts'
import type { StreamEvent } from '../client/follow.ts'
import { clean } from './clean.ts'
import { toolLine } from './tool-line.ts'

/** Who speaks. */
export interface Speaker {
  role: 'ai' | 'person' | 'system' | 'you'
  /** `AI, order`, `Mia Chen, person`; empty for notices and you. */
  name: string
}

/** One thing to show. A text is begun, gets pieces, and ends or is taken back; lines may come in between. */
export type Shown =
  | { show: 'line'; text: string }
  | { show: 'begin'; speaker: Speaker }
  | { show: 'piece'; text: string }
  | { show: 'erase' }
  | { show: 'end'; citations: Citation[] }

/** What is known when the view begins. */
export interface ViewStart {
  specialist: string | null
  controlledBy: 'ai' | 'human'
}

/** Turns events into things to show, one by one. */
export interface View {
  on(event: StreamEvent): Shown[]
  /** The stream broke: pieces of the text that is being shown may be missing from here on. */
  broken(): void
  /** The break lasts: what is shown of an unfinished text is taken back, so that the prompt is free. */
  lost(): Shown[]
  /** One message of the past, whole. */
  past(message: MessageView): Shown[]
}

/** Makes a view. */
export function createView(start: ViewStart = { specialist: null, controlledBy: 'ai' }): View {
  let { specialist, controlledBy } = start
  let draft: { id: string; text: string; broken: boolean; visible: boolean } | undefined

  const begin = (speaker: Speaker): Shown => ({ show: 'begin', speaker })
  const takeBack = (): Shown[] => {
    const shown: Shown[] = draft?.visible === true ? [{ show: 'erase' }] : []
    draft = undefined
    return shown
  }
  const whole = (message: MessageView): Shown[] => [
    begin(speakerOf(message, specialist)),
    { show: 'piece', text: clean(message.text) },
    { show: 'end', citations: message.citations ?? [] },
  ]

  const onDelta = (id: string, piece: string): Shown[] => {
    if (draft?.id === id) {
      if (draft.broken) return []
      draft.text += piece
      return [{ show: 'piece', text: clean(piece) }]
    }
    const shown = takeBack()
    draft = { id, text: piece, broken: false, visible: true }
    return [...shown, begin(aiSpeaker(specialist)), { show: 'piece', text: clean(piece) }]
  }
  const onCompleted = (message: MessageView): Shown[] => {
    if (message.role === 'customer' || message.role === 'note') return []
    const isShown = draft?.visible === true && draft.id === message.id && draft.text === message.text
    if (!isShown) return [...takeBack(), ...whole(message)]
    draft = undefined
    return [{ show: 'end', citations: message.citations ?? [] }]
  }
  const onRoute = (to: string | null): Shown[] => {
    const moved = to !== null && specialist !== null && to !== specialist
    specialist = to ?? specialist
    return moved ? [line(`now with the specialist for ${inWords(to)}`)] : []
  }

  return {
    on: (event) => {
      const text = (name: string): string => clean(typeof event[name] === 'string' ? event[name] : '')
      switch (event.type) {
        case 'message-delta':
          return onDelta(String(event['message_id']), String(event['text']))
        case 'message-restarted':
          return draft?.id === event['message_id'] ? takeBack() : []
        case 'message-completed':
          return onCompleted(event['message'] as MessageView)
        case 'message-accepted':
          return controlledBy === 'human' ? [line('delivered; a person answers here')] : []
        case 'route-decided':
          return onRoute(typeof event['specialist'] === 'string' ? clean(event['specialist']) : null)
        case 'tool-finished':
          return [line(toolLine(text('tool'), text('outcome')))]
        case 'handoff-offered':
          controlledBy = 'human'
          // Offered again is about people, not about the customer.
          return event['again'] === true ? [] : [...takeBack(), line('handed to a person')]
        case 'handoff-claimed':
          return [line(`${clean(nameOf(event['claimed_by']))} answers here now`)]
        case 'handoff-released':
          return [line('another person is asked')]
        case 'handed-back':
          controlledBy = 'ai'
          return [line('the AI answers here again')]
        case 'approval-requested':
          return [line(`waits for a decision: ${text('text')}`)]
        case 'approval-decided':
          return [line(`decided: ${text('state')}`)]
        case 'status-changed':
          controlledBy = event['controlled_by'] === 'human' ? 'human' : 'ai'
          return event['status'] === 'resolved' ? [line('resolved; write again whenever you need something')] : []
        case 'conversation-closed':
          return [line('closed; a new message opens it again')]
        default:
          return [] // An event of a newer everdesk.
      }
    },
    broken: () => {
      if (draft !== undefined) draft.broken = true
    },
    lost: () => {
      if (draft?.visible !== true) return []
      draft = { ...draft, broken: true, visible: false }
      return [{ show: 'erase' }]
    },
    past: (message) => (message.role === 'note' ? [] : whole(message)),
  }
}

const line = (text: string): Shown => ({ show: 'line', text })
const inWords = (specialist: string): string => specialist.replaceAll('_', ' ')
const aiSpeaker = (specialist: string | null): Speaker => ({
  role: 'ai',
  name: specialist === null ? 'AI' : `AI, ${inWords(specialist)}`,
})

function speakerOf({ role, author }: MessageView, specialist: string | null): Speaker {
  switch (role) {
    case 'ai':
      return aiSpeaker(specialist)
    case 'human':
      return { role: 'person', name: `${clean(author?.name ?? 'A colleague')}, person` }
    case 'customer':
      return { role: 'you', name: '' }
    case 'system':
    case 'note':
      return { role: 'system', name: '' }
  }
}

function nameOf(person: unknown): string {
  return typeof person === 'object' && person !== null && 'name' in person ? String(person.name) : 'A person'
}
