import type { Plant } from './types.ts'

type Change = Pick<Plant, 'name' | 'file' | 'find' | 'replace'>

/** The source with the bug in it. Throws when the text to replace is missing, or stands there more than once. */
export function applyPlant(plant: Change, source: string): string {
  const places = source.split(plant.find).length - 1
  if (places !== 1) {
    throw new Error(
      `The plant "${plant.name}" looks for a text that occurs ${places} times in ${plant.file}, not once. ` +
        'The source has changed: mend the plant.',
    )
  }
  return source.replace(plant.find, () => plant.replace)
}
