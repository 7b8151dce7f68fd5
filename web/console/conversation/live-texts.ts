// Texts that are being written. Pieces arrive dozens a second, so they bypass React: each goes once a frame into one text node.
import { withoutMarks } from '../../shared/cited-text.ts'
import { type Watched, watched } from '../../shared/watched.ts'

export type LiveTexts = {
  /** Ids of the messages that are being written. */
  ids: Watched<readonly string[]>
  textOf: (id: string) => string
  append: (id: string, piece: string) => void
  /** It begins anew, is complete, or never will be. */
  drop: (id: string) => void
  /** Tells of every piece; returns how to stop. */
  onPiece: (listener: () => void) => () => void
}

export function createLiveTexts(): LiveTexts {
  const ids = watched<readonly string[]>([])
  const texts = new Map<string, string>()
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    ids,
    textOf: (id) => withoutMarks(texts.get(id) ?? ''),
    append(id, piece) {
      texts.set(id, (texts.get(id) ?? '') + piece)
      if (!ids.get().includes(id)) ids.set([...ids.get(), id])
      tell()
    },
    drop(id) {
      if (!texts.delete(id)) return
      ids.set(ids.get().filter((each) => each !== id))
      tell()
    },
    onPiece(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
