// The frame of the console: header, bars, and the page the address names.
import { useState } from 'react'
import { Desk } from '../desk.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { KeysMap } from '../keys/keys-map.tsx'
import { route } from '../router.ts'
import { usePart } from '../use-watched.ts'
import { Supervisor } from '../supervisor/supervisor.tsx'
import { Bars } from './bars.tsx'
import { Header } from './header.tsx'

export function Shell() {
  const page = usePart(route, (now) => now.page)
  const [keysShown, setKeysShown] = useState(false)
  useKeys({ '?': () => setKeysShown(true) })
  return (
    <>
      {page === 'desk' && <SkipLinks />}
      <Header showKeys={() => setKeysShown(true)} />
      <Bars />
      {page === 'desk' && <Desk />}
      {page === 'supervisor' && <Supervisor />}
      {keysShown && <KeysMap close={() => setKeysShown(false)} />}
    </>
  )
}

function SkipLinks() {
  return (
    <>
      <a className="skip" href="#queue">
        To the queue
      </a>
      <a className="skip" href="#conversation">
        To the conversation
      </a>
    </>
  )
}
