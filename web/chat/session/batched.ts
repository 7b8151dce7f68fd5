// Dozens of pieces of text come a second, and the eye sees sixty pictures: what changed is shown once a frame.

const HIDDEN_FRAME = 100

/** Calls `work` once soon, however often it is asked for; never after `signal` aborts. */
export function batched(work: () => void, signal: AbortSignal): () => void {
  let asked = false
  const run = () => {
    asked = false
    if (!signal.aborted) work()
  }
  return () => {
    if (asked) return
    asked = true
    // A hidden page has no frames.
    if (document.hidden) setTimeout(run, HIDDEN_FRAME)
    else requestAnimationFrame(run)
  }
}
