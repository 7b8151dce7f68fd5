// The one timer of a run. A running one is left alone unless the new time is earlier (rule 8): it costs no event, and the
// store is asked again when it fires anyway.
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow'

export type WakeTimer = { set: (at: number | null) => void; fired: () => boolean }

export function createWakeTimer(): WakeTimer {
  let running: { at: number; scope: CancellationScope } | null = null
  let fired = false
  return {
    set(at) {
      fired = false
      if (at === null || (running && running.at <= at)) return
      running?.scope.cancel()
      const scope = new CancellationScope({ cancellable: true })
      const mine = { at, scope }
      running = mine
      scope
        .run(() => sleep(Math.max(100, at - Date.now())))
        .then(() => {
          if (running !== mine) return
          running = null
          fired = true
        })
        .catch((error: unknown) => {
          if (!isCancellation(error)) throw error
        })
    },
    fired: () => fired,
  }
}
