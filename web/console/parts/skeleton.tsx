import { useEffect, useState } from 'react'

const WORTH_SHOWING = 150

/** Grey bars where something will stand, after a moment; `rows` lines of it. */
export function Skeleton({ rows, label }: { rows: number; label: string }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), WORTH_SHOWING)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="skels" aria-busy="true">
      <span className="vh" role="status">
        {label}
      </span>
      {shown && Array.from({ length: rows }, (_, index) => <span className="skel" key={index} />)}
    </div>
  )
}
