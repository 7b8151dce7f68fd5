// A small writer of OpenAPI 3.1 documents: the back ends describe their operations as rows, this makes the document.

/** A JSON Schema. */
export type Schema = Record<string, unknown>

/** One operation as a row of the document. */
export interface DocumentedOperation {
  method: 'get' | 'post' | 'patch'
  /** Path under the back end's base, with `{name}` for parameters. */
  path: string
  operationId: string
  summary: string
  query?: string[]
  body?: Schema
  status: number
  answer: Schema
  /** Stable codes of its business refusals (409). */
  refusals?: string[]
}

/** `{type: object}` with these properties; all are required unless named in `optional`. */
export function objectSchema(properties: Record<string, Schema>, optional: string[] = []): Schema {
  return { type: 'object', properties, required: Object.keys(properties).filter((name) => !optional.includes(name)) }
}

const problem: Schema = objectSchema({
  status: { type: 'integer' },
  code: { type: 'string' },
  message: { type: 'string' },
})

/** The whole document; writes get the `Idempotency-Key` header, and every back end its look-up of effects. */
export function openapiDocument(title: string, server: string, operations: DocumentedOperation[]): Schema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of [...operations, effectOperation]) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) }
  }
  return { openapi: '3.1.0', info: { title, version: '1.0.0' }, servers: [{ url: server }], paths }
}

const effectOperation: DocumentedOperation = {
  method: 'get',
  path: '/effects/{idempotency_key}',
  operationId: 'getEffect',
  summary: 'Whether a write with this Idempotency-Key took effect, and its first answer; 404 when it did not',
  status: 200,
  answer: objectSchema({
    idempotency_key: { type: 'string' },
    operation: { type: 'string' },
    status: { type: 'integer' },
    answer: {},
    at: { type: 'string', format: 'date-time' },
  }),
}

function describe(operation: DocumentedOperation): Schema {
  const write = operation.method !== 'get'
  const parameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = (operation.query ?? []).map((name) => ({
    name,
    in: 'query',
    required: false,
    schema: { type: 'string' },
  }))
  const key = write
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } }]
    : []
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    parameters: [...parameters, ...query, ...key],
    ...(operation.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: operation.body } } } }
      : {}),
    responses: {
      [operation.status]: { description: 'done', content: { 'application/json': { schema: operation.answer } } },
      ...(operation.refusals
        ? {
            409: {
              description: `refused: ${operation.refusals.join(', ')}`,
              content: { 'application/problem+json': { schema: problem } },
            },
          }
        : {}),
      default: { description: 'a problem', content: { 'application/problem+json': { schema: problem } } },
    },
  }
}
