const NUMBER = /\p{N}/u
const DECIMAL = /\p{Nd}/u

/** 0 to 9 for a digit of any script, also circled, raised or full-width; null for anything else. */
export function decimalDigit(character: string): number | null {
  if (character >= '0' && character <= '9') return character.charCodeAt(0) - 48
  if (character < '\u0080' || !NUMBER.test(character)) return null
  const plain = character.normalize('NFKC')
  if (/^[0-9]$/.test(plain)) return Number(plain)
  if (!DECIMAL.test(character)) return null
  // Unicode keeps the digits of a script together, in order, from its zero on; blocks may follow each other.
  const point = character.codePointAt(0) ?? 0
  let first = point
  while (DECIMAL.test(String.fromCodePoint(first - 1))) first -= 1
  return (point - first) % 10
}
