/** `Ben Ortiz` -> `BO`, `cust_1002` -> `C`; always something. */
export function initials(name: string): string {
  const words = name.split(/[\s.@-]+/).filter((word) => /^\p{L}/u.test(word))
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return (
    ends
      .map((word) => word?.slice(0, 1) ?? '')
      .join('')
      .toUpperCase() || '?'
  )
}
