// Puts one planted bug into a source file as Node loads it: PLANT=<name> node --import ./planted/plant.ts <program>.
// The product has no test-only branch; a process without this import runs its sources as they stand. Worker threads and
// the child processes that take over NODE_OPTIONS or execArgv get it too. Workflow code is bundled by Temporal's worker,
// which reads files by itself: a plant there never shows.
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { applyPlant } from './apply.ts'
import { PLANTS } from './index.ts'
import { sourceText } from './source-text.ts'

const name = process.env.PLANT
if (name !== undefined && name !== '') {
  const plant = PLANTS.find((each) => each.name === name)
  if (!plant) throw new Error(`There is no plant "${name}". Known: ${PLANTS.map((each) => each.name).join(', ')}.`)
  const url = pathToFileURL(resolve(import.meta.dirname, '..', plant.file)).href
  registerHooks({
    load(wanted, context, nextLoad) {
      const loaded = nextLoad(wanted, context)
      if (wanted !== url) return loaded
      // A loader that hands over no source (a CommonJS one) cannot be planted, and must not pass for a clean run.
      if (!loaded.source) throw new Error(`The plant "${plant.name}" found no source of ${plant.file} to change.`)
      return { ...loaded, source: applyPlant(plant, sourceText(loaded.source)) }
    },
  })
}
