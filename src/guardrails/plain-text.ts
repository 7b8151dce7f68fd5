// C0 and C1 controls but tab and line ends; marks of no width; and the marks that turn the direction of writing, which can
// make a reader see another text. Joiners stay: emoji and some scripts need them.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu

/** The text without control and direction characters. Halves of surrogate pairs stay, as a stream may bring the other half. */
export const visibleText = (text: string): string => text.replace(INVISIBLE, '')

/** The same for a whole text: halves of surrogate pairs become U+FFFD. */
export const plainText = (text: string): string => visibleText(text.toWellFormed())
