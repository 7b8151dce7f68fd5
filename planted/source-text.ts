/** A module's source as text, however a loader hands it over. */
export function sourceText(source: string | NodeJS.ArrayBufferView | ArrayBuffer): string {
  if (typeof source === 'string') return source
  return new TextDecoder().decode(source)
}
