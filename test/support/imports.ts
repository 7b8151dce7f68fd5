// Reads the imports of a source by pattern: typescript 7 has no compiler API yet.

/** One `import`, `export ... from` or `import()`. */
export interface Import {
  /** What it names, such as `../domain/floor.ts`. */
  specifier: string
  /** Erased before it runs: nothing is loaded. */
  typeOnly: boolean
}

const STATIC = /^(import|export)\s+(type\s+)?(?:([^'"`;]*?)\s+from\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every import of the text, those inside template strings left out when indented. */
export function importsOf(text: string): Import[] {
  const found = [...text.matchAll(STATIC)].map(([, , type, names = '', specifier = '']) => ({
    specifier,
    typeOnly: type !== undefined || allNamesAreTypes(names),
  }))
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, specifier = '']) => ({ specifier, typeOnly: false }))
  return [...found, ...dynamic]
}

/** `{ type A, type B }` loads nothing either. */
function allNamesAreTypes(names: string): boolean {
  const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1]
  if (list === undefined) return false
  const entries = list.split(',').filter((name) => name.trim() !== '')
  return entries.length > 0 && entries.every((name) => name.trim().startsWith('type '))
}
