import { Icon } from '../parts/icon.tsx'
import { useConversation } from '../conversation/conversation-context.ts'
import { Refusal } from '../conversation/refusal.tsx'
import { useCommand } from '../conversation/use-command.ts'
import { focusReply } from './reply-field.ts'
import { TextBox } from './text-box.tsx'
import { useDraft } from './use-draft.ts'

/** Writes to colleagues. */
export function NoteBox() {
  const { store, commands, online } = useConversation()
  const draft = useDraft(store.id, 'note')
  const { busy, problem, run } = useCommand()
  const send = async () => {
    const text = draft.text.trim()
    if (text === '' || !online) return
    if (await run(() => commands.note(text))) draft.clear()
  }
  return (
    <>
      <TextBox
        label="Internal note"
        placeholder="Note for colleagues"
        text={draft.text}
        write={draft.write}
        send={() => void send()}
      >
        <button
          type="button"
          className="btn"
          disabled={!online || draft.text.trim() === ''}
          aria-busy={busy}
          onClick={() => {
            focusReply()
            void send()
          }}
        >
          <Icon name="lock" />
          {busy ? 'Adding' : 'Add note'} <kbd aria-hidden="true">⌘ ↵</kbd>
        </button>
      </TextBox>
      <Refusal problem={problem} />
    </>
  )
}
