import type { Problem } from '../../shared/problem.ts'

/** What the API refused, where it was asked for. */
export function Refusal({ problem }: { problem: Problem | null }) {
  if (!problem) return null
  return (
    <p className="refusal" role="alert">
      {problem.message} <span className="quiet small">{problem.code}</span>
    </p>
  )
}
