// The open conversation, for the parts of its page.
import { createContext, use } from 'react'
import type { ApiClient } from '../../shared/api-client.ts'
import type { Approval, Handoff, Message, Workspace } from '../../shared/desk-types.ts'
import { type Me, useSession } from '../session.ts'
import { useOnline } from '../shell/use-online.ts'
import { useWatched } from '../use-watched.ts'
import type { ConversationStore } from './conversation-store.ts'
import { type MyPart, myPart } from './my-part.ts'

export type Open = {
  store: ConversationStore
  workspace: Workspace
  messages: readonly Message[]
  part: MyPart
  me: Me
  customerName: string
  online: boolean
  commands: Commands
}

export const StoreContext = createContext<ConversationStore | null>(null)

/** Only inside of an open conversation that was read. */
export function useConversation(): Open {
  const store = use(StoreContext)
  const { me, api } = useSession()
  if (!store) throw new Error('no conversation is open')
  const { workspace, messages } = useWatched(store.state)
  const online = useOnline()
  if (!workspace) throw new Error('the conversation is not read yet')
  return {
    store,
    workspace,
    messages,
    part: myPart(workspace, me.id),
    me,
    customerName: workspace.customer.name ?? workspace.customer.id,
    online,
    commands: commandsOf(api, store),
  }
}

export type Commands = ReturnType<typeof commandsOf>

/** Each resolves when the API has decided, with the conversation being read again. Each throws Problem. */
function commandsOf(api: ApiClient, store: ConversationStore) {
  const conversation = `/v1/conversations/${encodeURIComponent(store.id)}`
  const post = async <T>(path: string, body: object = {}): Promise<T> => {
    try {
      return await api.post<T>(path, body)
    } finally {
      store.refresh()
    }
  }
  const said = async (path: string, body: object) => store.add((await post<{ message: Message }>(path, body)).message)
  return {
    seen: (handoff: Handoff) => post(`/v1/handoffs/${handoff.id}/seen`),
    claim: (handoff: Handoff) => post(`/v1/handoffs/${handoff.id}/claim`),
    release: (handoff: Handoff) => post(`/v1/handoffs/${handoff.id}/release`),
    transfer: (handoff: Handoff, to: { agent_id: string } | { team: string }, note?: string) =>
      post(`/v1/handoffs/${handoff.id}/transfer`, { to, ...(note ? { note } : {}) }),
    handBack: (note: string) => post(`${conversation}/hand-back`, note === '' ? {} : { note }),
    close: () => post(`${conversation}/close`),
    /** `id` stays the same when it is sent again. */
    reply: (id: string, text: string, takeOver: boolean) =>
      said(`${conversation}/replies`, { id, text, ...(takeOver ? { take_over: true } : {}) }),
    note: (text: string) => said(`${conversation}/notes`, { text }),
    decide: (approval: Approval, decision: { decision: 'approve' | 'refuse'; reason?: string; arguments?: object }) =>
      post(`/v1/approvals/${approval.id}/decision`, { ...decision, digest: approval.digest }),
    rule: (effectId: string, outcome: 'happened' | 'did_not_happen', note: string) =>
      post(`/v1/effects/${effectId}/ruling`, { outcome, note }),
  }
}
