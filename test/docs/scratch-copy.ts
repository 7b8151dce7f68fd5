// A copy of src in which a how-to page is followed to the letter: its files are written, its lines are put into lists.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const ROOT = resolve(import.meta.dirname, '../..')

export type ScratchCopy = Awaited<ReturnType<typeof scratchCopy>>

export async function scratchCopy() {
  const folder = await mkdtemp(join(tmpdir(), 'everdesk-how-to-'))
  await cp(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
  for (const file of ['package.json', 'tsconfig.json']) await cp(join(ROOT, file), join(folder, file))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return {
    /** Writes what the page names and returns the paths it touched: a block of one line goes into a list, a longer one is a new file. */
    async follow(page: string): Promise<{ written: string[]; changed: string[] }> {
      const touched = { written: [] as string[], changed: [] as string[] }
      let path = ''
      for (const { before, code } of blocksOf(await readFile(join(ROOT, page), 'utf8'))) {
        path = /`(src\/[\w/.-]+\.ts)`/.exec(before)?.[1] ?? path
        const target = join(folder, path)
        if (code.trim().split('\n').length === 1) {
          await writeFile(target, withLine(await readFile(target, 'utf8'), code))
          if (!touched.changed.includes(path)) touched.changed.push(path)
        } else {
          await mkdir(dirname(target), { recursive: true })
          await writeFile(target, code)
          touched.written.push(path)
        }
      }
      return touched
    },
    /** Fails with the compiler's words when these files, with all they import, have a wrong type. */
    async checkTypes(...files: string[]): Promise<void> {
      const config = { extends: './tsconfig.json', include: [], files }
      await writeFile(join(folder, 'tsconfig.page.json'), JSON.stringify(config))
      const tsc = join(ROOT, 'node_modules/.bin/tsc')
      await promisify(execFile)(tsc, ['--noEmit', '-p', 'tsconfig.page.json'], { cwd: folder }).catch(
        (error: unknown) => {
          // The compiler says what is wrong on standard output.
          throw new Error(String((error as { stdout?: string }).stdout), { cause: error })
        },
      )
    },
    /** Runs a module in the copy and returns the JSON it prints. */
    async run(code: string): Promise<unknown> {
      await writeFile(join(folder, 'page.ts'), code)
      const { stdout } = await promisify(execFile)(process.execPath, ['page.ts'], { cwd: folder })
      return JSON.parse(stdout)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The TypeScript blocks of a page, each with the lines before it, back to the block before. */
function blocksOf(page: string): { before: string; code: string }[] {
  const parts = page.split(/^```(\w*)\n([\s\S]*?)^```$/m)
  return parts.flatMap((before, index) =>
    index % 3 === 0 && parts[index + 1] === 'ts' ? [{ before, code: parts[index + 2] ?? '' }] : [],
  )
}

/** An import goes above the others; a declaration takes the place of the one it begins like. */
function withLine(text: string, line: string): string {
  if (text.includes(line)) return text
  if (line.startsWith('import ')) return text.replace(/^import /m, `${line}import `)
  const beginning = line.slice(0, line.indexOf('=') + 1)
  const old = text.split('\n').find((each) => each.startsWith(beginning))
  if (beginning === '' || old === undefined) throw new Error(`No line of the list begins like: ${line}`)
  return text.replace(`${old}\n`, line)
}
