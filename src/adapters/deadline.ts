// One signal for the two ways a call ends early, which must never be confused: the caller's wish and our own clock.

export type Deadline = {
  /** Fires on the caller's abort and when the time is over. */
  signal: AbortSignal
  /** True when the time, not the caller, ended the call. */
  expired: () => boolean
  /** Stops the clock and lets go of the caller's signal. */
  end: () => void
}

/** Starts the clock. Throws the caller's reason at once when it has already aborted. */
export function startDeadline(timeout: number, caller?: AbortSignal): Deadline {
  caller?.throwIfAborted()
  const controller = new AbortController()
  let expired = false
  const timer = setTimeout(() => {
    if (controller.signal.aborted) return
    expired = true
    controller.abort(new DOMException('The call took too long', 'TimeoutError'))
  }, timeout)
  const follow = (): void => controller.abort(caller?.reason)
  caller?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    expired: () => expired,
    end: () => {
      clearTimeout(timer)
      caller?.removeEventListener('abort', follow)
    },
  }
}
