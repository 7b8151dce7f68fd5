/** Order numbers in a text: four digits or more that stand alone, with or without `#`; years and prices do not count. */
export function orderNumbers(text: string): string[] {
  const found = [...text.matchAll(/(?<![\d.,$€£-])#?(\d{4,18})(?![\d]|[.,]\d|-\d)/g)]
    .map((match) => match[1] ?? '')
    .filter((number) => number.length > 4 || !/^(19|20)\d\d$/.test(number))
  return [...new Set(found)]
}

/** Order numbers an answer told: behind the word, or at the head of a list's line. A card's last digits are none. */
export function toldOrders(answer: string): string[] {
  const found = [...answer.matchAll(/\border\s+#?(\d{4,18})\b|^- (\d{4,18}):/gim)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  return [...new Set(found)]
}

/** Order numbers outside a postal address: `to 5 Oak Street, Boston 02110` names none. */
export function namedOrders(text: string): string[] {
  const marked = [...text.matchAll(/(?:order|purchase|number|no\.?|nr\.?)\s*(?:is|:)?\s*#?\s*(\d{4,18})/gi)].map(
    (match) => match[1] ?? '',
  )
  if (marked.length > 0) return [...new Set(marked)]
  const address = text.search(
    /\b\d{1,4}\s+\p{L}[\p{L}.' ]*\b(street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|place|square|boulevard|blvd|court)\b/iu,
  )
  return orderNumbers(address < 0 ? text : text.slice(0, address))
}
