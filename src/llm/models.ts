// The list of models: from a JSON text, or small and large of one provider.
import { z } from 'zod'
import type { Price } from './prices.ts'
import { knownPrice } from './prices.ts'

export type ModelRole = 'small' | 'large'

/** Asks by the protocol of OpenAI; what an entry of MODELS_FILE means that names no provider. */
const USUAL_PROVIDER = 'openai'

export type ModelEntry = {
  /** What requests, usage rows and metrics call it. */
  name: string
  /** What the provider calls it. */
  providerModel: string
  /** Name of the protocol it is asked by, in the list of providers (adapters/providers). */
  provider: string
  role: ModelRole
  baseUrl: string
  apiKey: string
  price: Price
  /** False for models that refuse a temperature. */
  temperature: boolean
}

export type ModelSettings = {
  /** The text of MODELS_FILE: `[{name, role, baseUrl, provider?, apiKeyVariable?, apiKey?, providerModel?, price?, temperature?}]`. */
  modelsFile?: string | undefined
  openaiBaseUrl?: string | undefined
  openaiApiKey?: string | undefined
  /** Where the scripted models are when no provider is set. */
  sandboxUrl: string
  /** Names of the providers there are. */
  providers: readonly string[]
  /** The environment, in which `apiKeyVariable` is looked up. */
  variables?: Readonly<Record<string, string | undefined>>
}

/** `problems` names everything that is wrong, and is empty when `models` can be used. */
export type ModelList = { models: ModelEntry[]; problems: string[] }

const OPENAI_URL = 'https://api.openai.com/v1'
// Local servers want none, and the SDK insists on one.
const NO_KEY = 'none'

const fileEntry = z.strictObject({
  name: z.string().min(1),
  role: z.enum(['small', 'large']),
  provider: z.string().min(1).default(USUAL_PROVIDER),
  baseUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  apiKeyVariable: z.string().min(1).optional(),
  apiKey: z.string().min(1).optional(),
  providerModel: z.string().min(1).optional(),
  price: z.strictObject({ input: z.number().nonnegative(), output: z.number().nonnegative() }).optional(),
  temperature: z.boolean().optional(),
})
const fileEntries = z.array(fileEntry).min(1)

/** Reads no file and no environment itself. Small comes first in the default lists. */
export function readModels(settings: ModelSettings): ModelList {
  if (settings.modelsFile !== undefined) return fromFile(settings.modelsFile, settings)
  const { openaiBaseUrl, openaiApiKey, sandboxUrl } = settings
  const sandboxModels = `${withoutSlash(sandboxUrl)}/v1`
  // Naming the sandbox in so many words is no other provider.
  const isSandbox = openaiBaseUrl ? withoutSlash(openaiBaseUrl) === sandboxModels : !openaiApiKey
  if (isSandbox) {
    const baseUrl = sandboxModels
    return {
      models: pair('scripted-small', 'scripted-large', { baseUrl, apiKey: NO_KEY, temperature: true }),
      problems: [],
    }
  }
  const provider = { baseUrl: openaiBaseUrl || OPENAI_URL, apiKey: openaiApiKey || NO_KEY, temperature: false }
  return { models: pair('gpt-5.4-mini', 'gpt-5.4', provider), problems: [] }
}

function pair(
  small: string,
  large: string,
  provider: Pick<ModelEntry, 'baseUrl' | 'apiKey' | 'temperature'>,
): ModelEntry[] {
  return [entry(small, 'small'), entry(large, 'large')]

  function entry(name: string, role: ModelRole): ModelEntry {
    const price = knownPrice(name) ?? { input: 0, output: 0 }
    return { name, providerModel: name, provider: USUAL_PROVIDER, role, ...provider, price }
  }
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

function fromFile(text: string, { providers, variables = {} }: ModelSettings): ModelList {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { models: [], problems: ['MODELS_FILE is not valid JSON'] }
  }
  const parsed = fileEntries.safeParse(json)
  if (!parsed.success) {
    return {
      models: [],
      problems: parsed.error.issues.map((issue) => `MODELS_FILE ${at(issue.path)}: ${issue.message}`),
    }
  }
  const problems: string[] = []
  const names = new Set<string>()
  const models = parsed.data.map((entry, index) => {
    const { apiKeyVariable, apiKey, ...rest } = entry
    const key = apiKeyVariable ? variables[apiKeyVariable] : (apiKey ?? NO_KEY)
    const price = entry.price ?? knownPrice(entry.name)
    if (names.has(entry.name)) problems.push(`MODELS_FILE ${at([index, 'name'])}: ${entry.name} is there twice`)
    if (!providers.includes(entry.provider)) {
      const known = providers.join(', ')
      problems.push(`MODELS_FILE ${at([index, 'provider'])}: there is no provider "${entry.provider}"; known: ${known}`)
    }
    if (!key) problems.push(`MODELS_FILE ${at([index, 'apiKeyVariable'])}: the environment has no ${apiKeyVariable}`)
    // A guess would make every budget wrong without a word.
    if (!price)
      problems.push(`MODELS_FILE ${at([index, 'price'])}: no list price is known for ${entry.name}, so give one`)
    names.add(entry.name)
    return {
      ...rest,
      providerModel: entry.providerModel ?? entry.name,
      apiKey: key ?? NO_KEY,
      price: price ?? { input: 0, output: 0 },
      temperature: entry.temperature ?? true,
    }
  })
  return { models: problems.length > 0 ? [] : models, problems }
}

const at = (path: PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') || 'list'
