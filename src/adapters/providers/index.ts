// The list. A new provider is one file beside this one and its name here.
import { openai } from './openai.ts'
import type { Provider } from './types.ts'

export const providers: readonly Provider[] = [openai]
