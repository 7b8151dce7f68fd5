// What the company's own systems say of the customer, in the sections that the desk names.
import { useEffect, useId, useState } from 'react'
import type { CardSection } from '../../shared/desk-types.ts'
import { asProblem, type Problem } from '../../shared/problem.ts'
import { useConversation } from '../conversation/conversation-context.ts'
import { Failed } from '../parts/failed.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { useSession } from '../session.ts'

export function CompanyCard() {
  const { sections, problem, again } = useSections()
  if (problem) {
    return (
      <section aria-label="Customer at the company">
        <Failed what="What the company knows of the customer could not be read." problem={problem} retry={again} />
      </section>
    )
  }
  if (!sections) {
    return (
      <section aria-label="Customer at the company">
        <Skeleton rows={3} label="Asking the company’s systems" />
      </section>
    )
  }
  return sections.map((section) => <Section key={section.title} section={section} again={again} />)
}

function Section({ section: { title, state, rows }, again }: { section: CardSection; again: () => void }) {
  const heading = useId()
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {state === 'unavailable' && (
        <p className="small">
          The system behind this does not answer.{' '}
          <button type="button" className="btn" onClick={again}>
            Try again
          </button>
        </p>
      )}
      {state === 'read' && rows.length === 0 && <p className="quiet small">None.</p>}
      {rows.length > 0 && (
        <dl className="kv">
          {rows.map(({ label, text }, index) => (
            <Row key={index} label={label} text={text} />
          ))}
        </dl>
      )}
    </section>
  )
}

function Row({ label, text }: { label: string; text: string }) {
  return (
    <>
      <dt className="mono" dir="auto">
        {label}
      </dt>
      <dd dir="auto">{text}</dd>
    </>
  )
}

type Found = { sections: CardSection[] | null; problem: Problem | null }

/** Read when the conversation is opened, and again after a write that may have changed it. */
function useSections() {
  const { api } = useSession()
  const { store, workspace } = useConversation()
  const [{ sections, problem }, setFound] = useState<Found>({ sections: null, problem: null })
  const [asked, setAsked] = useState(0)
  const settled = workspace.effects.filter(({ state }) => state === 'settled').length
  useEffect(() => {
    const left = new AbortController()
    const path = `/v1/conversations/${encodeURIComponent(store.id)}/customer-card`
    api.get<{ sections: CardSection[] }>(path, {}, left.signal).then(
      (answer) => setFound({ sections: answer.sections, problem: null }),
      (error: unknown) => left.signal.aborted || setFound({ sections: null, problem: asProblem(error) }),
    )
    return () => left.abort()
    // oxlint-disable-next-line react/exhaustive-deps -- the last two only say when
  }, [api, store.id, settled, asked])
  return { sections, problem, again: () => setAsked(asked + 1) }
}
