import { useClock } from '../parts/clock.ts'
import { useWatched } from '../use-watched.ts'
import { liveness, streams } from './live.ts'
import { useOnline } from './use-online.ts'

/** A stream that was away for less is not worth a word. */
const WORTH_SAYING = 2000

/** `Live`, or when it will be again: `Reconnecting, 4 s`. */
export function LiveState() {
  const { awaySince, retryAt } = liveness(useWatched(streams))
  const away = useClock((now) => awaySince !== null && now - awaySince >= WORTH_SAYING)
  const left = useClock((now) => (retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000))))
  const online = useOnline()
  return (
    <span className={away || !online ? 'live away' : 'live'}>
      <span role="status">{online ? (away ? 'Reconnecting' : 'Live') : 'Offline'}</span>
      {online && away && left > 0 && <span aria-hidden="true">, {left} s</span>}
    </span>
  )
}
