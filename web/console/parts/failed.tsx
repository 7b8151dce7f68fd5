import type { Problem } from '../../shared/problem.ts'

/** What failed, what still works, and the one act: the rest of the page stays. */
export function Failed({ what, problem, retry }: { what: string; problem: Problem; retry: () => void }) {
  return (
    <div className="failed" role="alert">
      <p>
        {what} {problem.message}
      </p>
      <button type="button" className="btn" onClick={retry}>
        Try again
      </button>
      <p className="quiet small">{problem.code}</p>
    </div>
  )
}
