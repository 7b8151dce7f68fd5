// The chat request as the policies see it. Everything the scripted model knows is in here.

/** A tool call the assistant made earlier. */
export interface ToolCall {
  id: string
  name: string
  arguments: Record<string, unknown>
}

/** A message; `calls` only on the assistant's, `callId` only on a tool's. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool'
  text: string
  calls: ToolCall[]
  callId: string
}

/** A JSON Schema as far as the policies look at it. */
export interface JsonSchema {
  type?: string | string[]
  description?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
}

/** An offered tool. */
export interface OfferedTool {
  name: string
  description: string
  parameters: JsonSchema
}

/** The request. `schema` is that of a structured answer; `jsonMode` asks for any JSON object. */
export interface ChatRequest {
  model: string
  messages: ChatMessage[]
  tools: OfferedTool[]
  schema?: JsonSchema
  jsonMode: boolean
  includeUsage: boolean
}

/** Reads the body of a chat completion; a string is the reason why it cannot be read. */
export function readChatRequest(body: Record<string, unknown>): ChatRequest | string {
  if (typeof body['model'] !== 'string') return 'you must provide a model parameter'
  if (!Array.isArray(body['messages']) || body['messages'].length === 0) return '`messages` must be a list with entries'
  const messages: ChatMessage[] = []
  for (const value of body['messages'] as unknown[]) {
    const message = readMessage(value)
    if (!message) return '`messages` has an entry without a known role'
    messages.push(message)
  }
  const format = record(body['response_format'])
  const schema = record(record(format['json_schema'])['schema'])
  const toolsOff = body['tool_choice'] === 'none'
  return {
    model: body['model'],
    messages,
    tools: toolsOff || !Array.isArray(body['tools']) ? [] : (body['tools'] as unknown[]).flatMap(readTool),
    ...(format['type'] === 'json_schema' ? { schema } : {}),
    jsonMode: format['type'] === 'json_object',
    includeUsage: record(body['stream_options'])['include_usage'] === true,
  }
}

/** The value as an object; anything else is an empty one. */
export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function readMessage(value: unknown): ChatMessage | undefined {
  const message = record(value)
  const given = message['role'] === 'developer' ? 'system' : message['role']
  const role = (['system', 'user', 'assistant', 'tool'] as const).find((known) => known === given)
  if (!role) return undefined
  const calls = Array.isArray(message['tool_calls']) ? (message['tool_calls'] as unknown[]).map(readCall) : []
  return { role, text: readContent(message['content']), calls, callId: scalarText(message['tool_call_id']) }
}

function readContent(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return (content as unknown[]).map((part) => scalarText(record(part)['text'])).join('\n')
}

function readCall(value: unknown): ToolCall {
  const call = record(value)
  const target = record(call['function'])
  let parsed: unknown
  try {
    parsed = JSON.parse(scalarText(target['arguments']) || '{}')
  } catch {
    parsed = {}
  }
  return { id: scalarText(call['id']), name: scalarText(target['name']), arguments: record(parsed) }
}

function readTool(value: unknown): OfferedTool[] {
  const tool = record(record(value)['function'])
  if (typeof tool['name'] !== 'string') return []
  return [
    {
      name: tool['name'],
      description: typeof tool['description'] === 'string' ? tool['description'] : '',
      parameters: record(tool['parameters']),
    },
  ]
}
