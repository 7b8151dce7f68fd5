// Where the words of upright lines go: before their line, else behind it, in one of two rows, or nowhere when there is no room.

/** Something that changed on a day. */
export interface Mark {
  /** Of the day. */
  index: number
  words: string
}

export interface PlacedMark {
  words: string
  /** Per cent from the left. */
  across: number
  row: 0 | 1 | 'none'
  /** The words end at the line; else they begin there. */
  before: boolean
}

/** Room for words before a line, in per cent of the plot. */
const ROOM = 30

/** Marks of one day become one; the newest get their words first. */
export function placeMarks(marks: readonly Mark[], acrossOf: (index: number) => number): PlacedMark[] {
  const byDay = new Map<number, string[]>()
  for (const { index, words } of marks) byDay.set(index, [...new Set([...(byDay.get(index) ?? []), words])])
  const taken: [number[], number[]] = [[], []]
  return [...byDay]
    .toSorted(([first], [second]) => second - first)
    .map(([index, words]) => {
      const across = acrossOf(index)
      const before = across >= ROOM
      const middle = before ? across - ROOM / 2 : across + ROOM / 2
      const row = ([0, 1] as const).find((each) => taken[each].every((other) => Math.abs(other - middle) >= ROOM))
      if (row !== undefined) taken[row].push(middle)
      return { words: words.join(', '), across, row: row ?? 'none', before }
    })
}
