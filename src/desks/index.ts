// The list. A new desk is one folder beside this file and one line here.
import { desk as electronicsStore } from './electronics-store/desk.ts'
import { loadDesksFrom } from './load-desks.ts'
import type { Desk } from './types.ts'

export const desks: readonly Desk[] = [electronicsStore]

/** The desks that the setting `DESK` names: names of the list above, or paths to modules that export `desk`. */
export const loadDesks = (spec: readonly string[]): Promise<Desk[]> => loadDesksFrom(desks, spec)
