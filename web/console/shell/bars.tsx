// What concerns the whole page stands under its header.
import { Icon } from '../parts/icon.tsx'
import { sessionOver, useSession } from '../session.ts'
import { useWatched } from '../use-watched.ts'
import { useOnline } from './use-online.ts'

export function Bars() {
  const { signInAgain } = useSession()
  const over = useWatched(sessionOver)
  const online = useOnline()
  return (
    <div className="bars">
      {!online && (
        <p className="bar" role="alert">
          <Icon name="offline" />
          Offline. You can read and write; claims, replies and decisions wait until the connection is back.
        </p>
      )}
      {over && (
        <p className="bar" role="alert">
          <Icon name="lock" />
          Your sign-in has ended. What you typed stays.
          <button type="button" className="btn" onClick={() => signInAgain()}>
            Sign in again
          </button>
        </p>
      )}
    </div>
  )
}
