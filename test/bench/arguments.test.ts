import { expect, test } from 'vitest'
import { readArguments, USAGE } from '../../bench/arguments.ts'

test('each thing to do has its own arguments, and Temporal on a file is the default', () => {
  expect(readArguments(['--quick'])).toEqual({ do: 'measure', size: 'quick', engine: 'file' })
  expect(readArguments(['--full', '--engine', 'postgres', '--json', 'out.json'])).toEqual({
    do: 'measure',
    size: 'full',
    engine: 'postgres',
    json: 'out.json',
  })
  expect(readArguments(['--win', '--engine', 'memory'])).toEqual({ do: 'win', engine: 'memory' })
  expect(readArguments(['--open', '10000'])).toEqual({ do: 'open', conversations: 10_000, engine: 'file' })
  expect(readArguments(['--soak', '30'])).toEqual({ do: 'soak', minutes: 30, rate: 10, engine: 'file' })
  expect(readArguments(['--soak', '2', '--rate', '3'])).toEqual({ do: 'soak', minutes: 2, rate: 3, engine: 'file' })
  expect(readArguments(['--compare', 'a.json', 'b.json'])).toEqual({ do: 'compare', files: ['a.json', 'b.json'] })
  expect(readArguments(['--capacity', 'a.json'])).toEqual({ do: 'capacity', file: 'a.json' })
  expect(readArguments(['--help'])).toEqual({ do: 'help' })
})

test.each([
  [[], USAGE],
  [['--quick', '--full'], 'Say one of --quick'],
  [['--compare', 'a.json'], '--compare takes two files'],
  [['--quick', 'a.json'], 'What is "a.json"?'],
  [['--quick', '--engine', 'mysql'], '--engine is one of memory, file, postgres, not "mysql"'],
  [['--open', '0'], '--open is a number of at least 1, not "0"'],
  [['--soak', 'long'], '--soak is a number of at least 1, not "long"'],
])('%j is answered by what to write instead', (args, message) => {
  expect(() => readArguments(args)).toThrow(message)
})
