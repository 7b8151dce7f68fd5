import { Icon } from '../parts/icon.tsx'
import { useConversation } from '../conversation/conversation-context.ts'
import { Refusal } from '../conversation/refusal.tsx'
import { useCommand } from '../conversation/use-command.ts'
import { focusReply } from './reply-field.ts'
import { Suggestion } from './suggestion.tsx'
import { TextBox } from './text-box.tsx'
import { useDraft } from './use-draft.ts'

const SENDS = { ai: 'Take over and send', waiting: 'Claim and send', mine: 'Send', other: 'Send', closed: 'Send' }

/** Writes to the customer; takes the floor first when somebody must. */
export function ReplyBox() {
  const { store, part, workspace, commands, customerName, online } = useConversation()
  const draft = useDraft(store.id, 'reply')
  const { busy, problem, run, forget } = useCommand()
  const { floor, handoff } = part
  const takeOver = floor === 'ai' || floor === 'waiting'
  const suggestion = floor === 'closed' || floor === 'other' ? null : workspace.suggested_reply
  // One filled button on the page: a decision that waits has it.
  const decides = workspace.approvals.some(({ state }) => state === 'pending')
  const send = async () => {
    const text = draft.text.trim()
    if (text === '' || !online || floor === 'other' || floor === 'closed') return
    if (await run(() => commands.reply(draft.id, text, takeOver))) draft.clear()
  }
  const use = () => {
    draft.write(suggestion ?? '')
    focusReply()
  }
  if (floor === 'other') {
    return (
      <p className="cannot">
        <bdi>{handoff?.claimed_by?.name}</bdi> answers here. You can read along or leave a note.
      </p>
    )
  }
  if (floor === 'closed') return <p className="cannot">It is closed. A message of the customer opens it again.</p>
  return (
    <>
      {suggestion !== null && draft.text === '' && <Suggestion text={suggestion} use={use} />}
      <TextBox
        label={`Reply to ${customerName}`}
        placeholder={`Write to ${customerName}`}
        text={draft.text}
        write={(text) => {
          forget()
          draft.write(text)
        }}
        send={() => void send()}
        onKey={(event) => {
          if (event.key !== 'Tab' || event.shiftKey || draft.text !== '' || suggestion === null) return
          event.preventDefault()
          use()
        }}
      >
        <button
          type="button"
          className={decides ? 'btn' : 'btn main'}
          disabled={!online || draft.text.trim() === ''}
          aria-busy={busy}
          onClick={() => {
            focusReply()
            void send()
          }}
        >
          <Icon name={takeOver ? 'hand' : 'send'} />
          {busy ? 'Sending' : SENDS[floor]} <kbd aria-hidden="true">⌘ ↵</kbd>
        </button>
      </TextBox>
      <Refusal problem={problem} />
    </>
  )
}
