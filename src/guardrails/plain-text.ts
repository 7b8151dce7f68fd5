// C0 and C1 controls but tab and newline; marks of no width; and the marks that turn the direction of writing, which can make
// a reader see another text. Joiners stay: emoji and some scripts need them.
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu

/** The text without control and direction characters, and with halves of surrogate pairs made visible. */
export const plainText = (text: string): string => text.toWellFormed().replace(INVISIBLE, '')
