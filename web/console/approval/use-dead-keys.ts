import { useEffect, useState } from 'react'

const DEAD_FOR = 1000

/** True for a second after `digest` changed under one's eyes, so that a key meant for what was there decides nothing. */
export function useDeadKeys(digest: string): boolean {
  const [alive, setAlive] = useState(digest)
  useEffect(() => {
    const timer = setTimeout(() => setAlive(digest), DEAD_FOR)
    return () => clearTimeout(timer)
  }, [digest])
  return alive !== digest
}
