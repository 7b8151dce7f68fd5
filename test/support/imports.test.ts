import { expect, test } from 'vitest'
import { importsOf } from './imports.ts'

test('every form of import is found, and what is only types is told apart', () => {
  const text = [
    "import { a } from './a.ts'",
    "import type { B } from './b.ts'",
    "import { type C, type D } from './c.ts'",
    "import { type E, f } from './e.ts'",
    "import * as g from 'g'",
    "import './h.ts'",
    'import {\n  i,\n  j,\n} from "./i.ts"',
    "export { k } from './k.ts'",
    "export type { L } from './l.ts'",
    "export const m = 'from'",
    "const n = await import('./n.ts')",
  ].join('\n')
  expect(importsOf(text).map(({ specifier, typeOnly }) => (typeOnly ? `type ${specifier}` : specifier))).toEqual([
    './a.ts',
    'type ./b.ts',
    'type ./c.ts',
    './e.ts',
    'g',
    './h.ts',
    './i.ts',
    './k.ts',
    'type ./l.ts',
    './n.ts',
  ])
})
