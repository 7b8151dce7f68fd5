import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { beginTale } from './story.ts'

const COMMAND = resolve(import.meta.dirname, '../../../faults/check.ts')

const run = (args: string[]) =>
  new Promise<{ code: number; output: string }>((done) => {
    const child = execFile(process.execPath, [COMMAND, ...args], (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })

test('node faults/check.ts tells what a history breaks, and ends with 1 when it breaks anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'everdesk-check-'))
  try {
    const tale = beginTale()
    const ada = tale.conversation('cust_1001')
    ada.send()
    ada.answer()
    await writeFile(join(folder, 'clean.json'), JSON.stringify(tale.end()))
    ada.row.last_seq += 1
    await writeFile(join(folder, 'broken.json'), JSON.stringify(tale.end()))
    const [clean, broken, none] = await Promise.all([
      run([join(folder, 'clean.json')]),
      run([join(folder, 'broken.json')]),
      run([]),
    ])
    expect(clean).toMatchObject({ code: 0, output: expect.stringContaining('0 violations in 1 operations') as string })
    expect(broken).toMatchObject({
      code: 1,
      output: expect.stringContaining('conv_1: The conversation counts 4 events, and the store has 3.') as string,
    })
    expect(none).toMatchObject({ code: 2, output: expect.stringContaining('Name the history') as string })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
