// Reads the new address or quantity of an order from what the customer wrote.

/** A postal address as far as it was given. */
export interface GivenAddress {
  whole: string
  street: string
  city?: string
  postalCode?: string
  country?: string
}

const numerals: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
}
const streetWord =
  /\b(street|str|st|road|rd|avenue|ave|lane|ln|drive|dr|way|place|square|boulevard|blvd|court|ct|terrace|row|park|hill)\b/i

/** The address in the text: `5 Oak Street, Boston 02110`; undefined when there is none. */
export function findAddress(text: string): GivenAddress | undefined {
  const candidates = [...text.matchAll(/(?<![\d#])(\d{1,4}[a-z]?\s+\p{L}[^\n?!;]{3,120})/giu)].map(
    (match) => match[1] ?? '',
  )
  const found =
    candidates.toReversed().find((candidate) => streetWord.test(candidate.split(',')[0] ?? '')) ??
    candidates.find((candidate) => candidate.includes(','))
  if (found === undefined) return undefined
  const whole = found
    .replace(/\.(\s.*)?$/s, '')
    .replace(/\s+(please|instead|thanks?|thank you)\b.*$/i, '')
    .trim()
  const [street = '', ...rest] = whole.split(',').map((part) => part.trim())
  const address: GivenAddress = { whole, street }
  const tail = rest.join(' ')
  const postal = /\b([A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6}(-\d{4})?)\b/i.exec(tail)?.[1]
  if (postal) address.postalCode = postal
  const places = rest.map((part) => part.replace(postal ?? '\u0000', '').trim()).filter((part) => part !== '')
  const [city, country] = places
  if (city) address.city = city
  if (country) address.country = country
  return address
}

/** The quantity wished for, 0 to 20: "make it 3", "quantity to two", "3 lamps instead of 1". */
export function findQuantity(text: string): number | undefined {
  const plain = text.toLowerCase()
  const number = '(\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\\b(?!\\d)'
  const patterns = [
    `quantity\\b[^.]*?\\bto\\s+${number}`,
    `\\bmake (?:it|that|them)\\s+${number}`,
    `\\b${number}\\s+[a-z -]*instead`,
    `\\bquantity\\D{0,20}${number}`,
    `(?:^|\\.\\s*)(?:just\\s+)?${number}(?:\\s+(?:pieces|units|of them|please))?\\W*$`,
    `\\b(?:to|want|need)\\s+${number}(?! \\p{L}+ (?:street|road|avenue|lane))`,
  ]
  for (const pattern of patterns) {
    const word = new RegExp(pattern, 'u').exec(plain)?.[1]
    if (word !== undefined) return numerals[word] ?? Number(word)
  }
  return undefined
}

/** Which of the two the customer talks about, when only that much is clear. */
export function changeTopic(text: string): 'address' | 'quantity' | undefined {
  if (/\b(address|deliver|ship|send)\b/i.test(text)) return 'address'
  return /\b(quantity|how many|units?|pieces|more|fewer|less)\b/i.test(text) ? 'quantity' : undefined
}
