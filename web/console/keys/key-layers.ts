// Which key does what at this moment. Parts of the page put layers on top of each other: a part that has the focus comes first,
// then the newest that knows the key.
import { keptForBrowser } from '../../shared/kept.ts'
import { watched } from '../../shared/watched.ts'

/** What a key does; false leaves it to the layer below. */
export type KeyAction = (event: KeyboardEvent) => void | false
/** By `event.key`, letters in lower case. */
export type Bindings = Readonly<Record<string, KeyAction>>
export type Layer = { bindings: () => Bindings; within?: (() => Element | null) | undefined }

const layers: Layer[] = []

/** Single keys may be switched off (WCAG 2.1.4); Escape stays. */
export const singleKeys = watched(keptForBrowser.read<boolean>('single-keys') ?? true)

export function switchSingleKeys(on: boolean): void {
  keptForBrowser.write('single-keys', on)
  singleKeys.set(on)
}

/** Returns how to take it away again. */
export function addLayer(layer: Layer): () => void {
  if (layers.length === 0) document.addEventListener('keydown', onKey)
  layers.push(layer)
  return () => {
    layers.splice(layers.indexOf(layer), 1)
    if (layers.length === 0) document.removeEventListener('keydown', onKey)
  }
}

function onKey(event: KeyboardEvent): void {
  const key = keyOf(event, singleKeys.get())
  if (key === undefined || event.defaultPrevented) return
  const focused = layers.filter(({ within }) => within?.()?.contains(document.activeElement))
  const everywhere = layers.filter(({ within }) => !within)
  for (const { bindings } of [...focused.toReversed(), ...everywhere.toReversed()]) {
    const action = bindings()[key]
    if (!action || action(event) === false) continue
    event.preventDefault()
    return
  }
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'target'>

/** The key when it may act: outside fields, without modifiers; Escape everywhere. */
export function keyOf(event: Pressed, singleKeysOn: boolean): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined
  if (event.key === 'Escape') return 'Escape'
  if (!singleKeysOn || isField(event.target)) return undefined
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

const TYPELESS = new Set(['checkbox', 'radio', 'button', 'submit'])

function isField(target: unknown): boolean {
  const { tagName, type, isContentEditable } = (target ?? {}) as Partial<HTMLInputElement>
  if (isContentEditable === true || tagName === 'TEXTAREA' || tagName === 'SELECT') return true
  return tagName === 'INPUT' && !TYPELESS.has(type ?? '')
}
