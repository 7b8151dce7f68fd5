// `npm run simulate`: the product's own rules under random interleavings. Exit code 1 when one of them broke, or, with
// --without, when a rule was switched off and nobody noticed.
import { writeFile } from 'node:fs/promises'
import { readArguments, type SimulatorArguments, USAGE } from './arguments.ts'
import { type Found, inThread, playAll, type Shrunk } from './share.ts'

type Report = {
  seed: number
  episodes: number
  seconds: number
  violations: Record<string, number[]>
  shrunk: Omit<Shrunk, 'story'>[]
  /** By rule: after how many episodes its loss was noticed, and as what; null: never. */
  without: Record<string, { after: number; seed: number; as: string[] } | null>
  ok: boolean
}

async function main(asked: SimulatorArguments): Promise<Report> {
  const began = performance.now()
  const report: Report = {
    seed: asked.seed,
    episodes: 0,
    seconds: 0,
    violations: {},
    shrunk: [],
    without: {},
    ok: true,
  }
  if (asked.without.length > 0) await withoutRules(asked, report)
  else await asItIs(asked, report)
  report.seconds = (performance.now() - began) / 1000
  return report
}

async function asItIs({ seed, episodes, threads, shrink }: SimulatorArguments, report: Report): Promise<void> {
  const began = performance.now()
  const found = await playAll({ seed, episodes, threads, plant: null, untilFound: false })
  const seconds = (performance.now() - began) / 1000
  const pace = `${(found.episodes / seconds).toFixed(0)} a second`
  console.log(
    `${found.episodes} interleavings, ${found.steps} steps, ${seconds.toFixed(1)} s (${pace}), first seed ${seed}`,
  )
  report.episodes = found.episodes
  report.violations = found.violations
  report.ok = Object.keys(found.violations).length === 0
  if (report.ok) console.log('no violation')
  await tellViolations(found, null, shrink, report)
}

/** Rules share the threads: each is looked for by one of them. */
async function withoutRules(
  { seed, episodes, threads, without, shrink }: SimulatorArguments,
  report: Report,
): Promise<void> {
  const left = [...without]
  const one = async (): Promise<void> => {
    for (let rule = left.shift(); rule !== undefined; rule = left.shift()) {
      const found = await playAll({ seed, episodes, threads: 1, plant: rule, untilFound: true })
      report.episodes += found.episodes
      const kinds = Object.keys(found.violations)
      const first = Object.values(found.violations)[0]?.[0]
      report.without[rule] = first === undefined ? null : { after: found.episodes, seed: first, as: kinds }
      if (first === undefined) report.ok = false
      console.log(
        `${rule.padEnd(34)} ${first === undefined ? 'NOT NOTICED' : `after ${String(found.episodes).padStart(4)}: ${kinds.join(', ')}`}`,
      )
      if (without.length === 1) await tellViolations(found, rule, shrink, report)
    }
  }
  await Promise.all(Array.from({ length: threads }, one))
}

async function tellViolations(found: Found, plant: string | null, shrink: boolean, report: Report): Promise<void> {
  for (const [violation, seeds] of Object.entries(found.violations)) {
    console.log(`\n== ${violation}: ${seeds.length} of ${found.episodes}, seeds ${seeds.slice(0, 5).join(' ')}`)
    const [seed] = seeds
    if (!shrink || seed === undefined) continue
    const { story, ...shrunk } = await inThread<Shrunk>({ kind: 'shrink', seed, violation }, plant)
    report.shrunk.push(shrunk)
    console.log(
      `seed ${seed}, ${shrunk.steps.length} of ${shrunk.from} steps: ${shrunk.steps.map(([name]) => name).join(' ')}`,
    )
    console.log(story.slice(0, 60).join('\n'))
  }
}

try {
  const asked = readArguments(process.argv.slice(2))
  if (asked === 'help') {
    console.log(USAGE)
  } else {
    const report = await main(asked)
    if (asked.json !== null) await writeFile(asked.json, `${JSON.stringify(report, null, 2)}\n`)
    process.exitCode = report.ok ? 0 : 1
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
