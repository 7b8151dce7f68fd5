/** A place in our own code where the rig may let a process die, freeze, fail or wait. */
export type FaultPoint = {
  /** kebab-case: the name of the file that orders it. */
  name: string
  /** What has happened already and what has not, when a process passes here. */
  about: string
  /** The source it changes, from the root of the repository. */
  file: string
  /** Must occur in the file exactly once. */
  find: string
  /** The same text with a call of `globalThis.everdeskFaultPoint` beside it. */
  replace: string
}

export const POINT = (name: string): string => `await globalThis.everdeskFaultPoint?.('${name}')`
