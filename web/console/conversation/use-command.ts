import { useState } from 'react'
import { asProblem, type Problem } from '../../shared/problem.ts'

export type Command = {
  /** True until the API has answered: nothing is shown as done before. */
  busy: boolean
  problem: Problem | null
  /** Runs it; true when it succeeded. A second call while it runs does nothing. */
  run: (act: () => Promise<unknown>) => Promise<boolean>
  forget: () => void
}

/** A command of a button: pending at once, done when the API says so, and its refusal shown where it was asked for. */
export function useCommand(): Command {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  return {
    busy,
    problem,
    async run(act) {
      if (busy) return false
      setBusy(true)
      setProblem(null)
      try {
        await act()
        return true
      } catch (error) {
        setProblem(asProblem(error))
        return false
      } finally {
        setBusy(false)
      }
    },
    forget: () => setProblem(null),
  }
}
