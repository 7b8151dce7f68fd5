// How far a run is: one line that is rewritten on a terminal, a plain line now and then elsewhere. On stderr, so that the table can be piped.
import { clearLine, cursorTo } from 'node:readline'
import { styleText } from 'node:util'

/** What has happened so far. */
export interface Tally {
  done: number
  of: number
  /** Lost, refused, failed or doubled. */
  bad: number
  /** Milliseconds since the start. */
  elapsed: number
}

const BAR = 32
const EVERY_ON_TERMINAL = 100
const EVERY_ELSEWHERE = 5_000

/** Shows a tally until `end` is called. */
export function showProgress(tally: () => Tally, out: NodeJS.WriteStream): { end: () => void } {
  const terminal = out.isTTY
  const show = () => {
    if (!terminal) {
      out.write(`${progressLine(tally())}\n`)
      return
    }
    cursorTo(out, 0)
    clearLine(out, 0)
    out.write(`${progressBar(tally().done, tally().of)}  ${progressLine(tally())}`.slice(0, out.columns + 20))
  }
  const timer = setInterval(show, terminal ? EVERY_ON_TERMINAL : EVERY_ELSEWHERE)
  return {
    end: () => {
      clearInterval(timer)
      show()
      if (terminal) out.write('\n')
    },
  }
}

/** `1,024 of 1,430  34/s  12 s left`, with what went wrong when something did. */
export function progressLine({ done, of, bad, elapsed }: Tally): string {
  const rate = done / Math.max(elapsed / 1_000, 0.001)
  const left = done > 0 && done < of ? [`${duration(((of - done) / rate) * 1_000)} left`] : []
  const wrong = bad > 0 ? [`${number(bad)} not as promised`] : []
  return [`${number(done)} of ${number(of)}`, `${rate.toFixed(1)}/s`, ...left, ...wrong].join('  ')
}

/** A bar of fixed width; dashes are still to do. */
export function progressBar(done: number, of: number): string {
  const filled = of === 0 ? BAR : Math.floor((done / of) * BAR)
  return styleText('green', '━'.repeat(filled)) + styleText('dim', '╌'.repeat(BAR - filled))
}

/** `3 min 12 s`; below a minute `12 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** With thousands separated, the same on every machine. */
export function number(value: number): string {
  return value.toLocaleString('en-US')
}
