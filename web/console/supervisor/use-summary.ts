// The report of the chosen days, read again every minute while somebody looks. What was read stays while the next is under way.
import { useEffect, useRef, useState } from 'react'
import type { ApiClient } from '../../shared/api-client.ts'
import { asProblem } from '../../shared/problem.ts'
import type { Summary, SummaryQuery } from './summary.ts'

export interface SummaryState {
  summary?: Summary
  /** When it was read, milliseconds since the epoch. */
  readAt?: number
  /** What the last try said; the summary, if any, is older. */
  failure?: { message: string; code: string }
  loading: boolean
}

const AGAIN_AFTER = 60_000

export function useSummary(api: ApiClient, { days, intent }: SummaryQuery): SummaryState & { retry: () => void } {
  const [state, setState] = useState<SummaryState>({ loading: true })
  const again = useRef<() => void>(() => undefined)
  useEffect(() => {
    const over = new AbortController()
    const read = async () => {
      setState((before) => ({ ...before, loading: true }))
      try {
        const query = { days, ...(intent === '' ? {} : { intent }) }
        const summary = await api.get<Summary>('/v1/reports/summary', query, over.signal)
        if (!over.signal.aborted) setState({ summary, readAt: Date.now(), loading: false })
      } catch (error) {
        if (over.signal.aborted) return
        const { message, code } = asProblem(error)
        setState((before) => ({ ...before, loading: false, failure: { message, code } }))
      }
    }
    void read()
    again.current = () => void read()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void read()
    }, AGAIN_AFTER)
    return () => {
      clearInterval(timer)
      over.abort()
    }
  }, [api, days, intent])
  return { ...state, retry: () => again.current() }
}
