// Builds web/dist when it is missing or older than what it is made of, so that a browser never looks at yesterday's pages.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
/** The last thing that a build writes. */
const WRITTEN_LAST = 'web/dist/widget.js'

/** Runs once before the browser tests. */
export function setup(): void {
  const sources = globSync('web/**/*.{ts,tsx,css,html}', { cwd: ROOT, exclude: ['web/dist/**'] })
  const newest = Math.max(...[...sources, 'scripts/build-web.ts', 'package-lock.json'].map(changedAt))
  if (existsSync(join(ROOT, WRITTEN_LAST)) && changedAt(WRITTEN_LAST) >= newest) return
  // As they are shipped, not as a test's environment would have React built.
  const env = { ...process.env, NODE_ENV: 'production' }
  execFileSync(process.execPath, ['scripts/build-web.ts'], { cwd: ROOT, stdio: 'inherit', env })
}

const changedAt = (path: string): number => statSync(join(ROOT, path)).mtimeMs
