/** One bug to put into the product while it is loaded; nothing of it stands in `src/`. */
export type Plant = {
  /** kebab-case; the name of its file in `list/`. */
  name: string
  /** What is broken, and the promise or rule that should suffer, in a sentence. */
  about: string
  /** The source it changes, from the root of the repository: `src/kernel/move-effect.ts`. */
  file: string
  /** Must occur in the file exactly once, so that a refactoring which moves it is noticed. */
  find: string
  replace: string
  /** Which load and which fault bring it out. */
  provokedBy?: string
}

export const definePlant = (plant: Plant): Plant => plant
