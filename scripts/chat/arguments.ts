import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface ChatArguments {
  /** The customer to speak as (cust_1001). */
  as: string
  /** A conversation to go on with; absent: the first message begins a new one. */
  conversation?: string
}

export const USAGE = `npm run chat [-- --as cust_1001] [--conversation ID]

  --as CUSTOMER       speak as this seeded customer, cust_1001 to cust_2000 (cust_1001)
  --conversation ID   go on with this conversation`

/** Reads the command line. Throws an Error whose message is for people. */
export function readArguments(args: string[]): ChatArguments | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      as: { type: 'string', default: 'cust_1001' },
      conversation: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  return { as: values.as, ...(values.conversation === undefined ? {} : { conversation: values.conversation }) }
}
