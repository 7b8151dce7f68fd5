// The OpenAPI 3.1 document, made from the routes themselves, so that it cannot say anything else than they do.
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi'
import type { Route } from './route.ts'
import { problem } from './schemas.ts'

type Document = ReturnType<typeof createDocument>

export function openApiDocument(routes: readonly Route[], about: { version: string; issuer: string }): Document {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'everdesk',
      version: about.version,
      description: 'Customer support that loses nothing and does nothing twice. Errors are RFC 9457 problem details.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `An access token of ${about.issuer} for the audience everdesk, with a claim role`,
        },
      },
    },
  })
}

function operation(route: Route): ZodOpenApiOperationObject {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const path = z.object(Object.fromEntries(names.map((name) => [name, z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)])))
  return {
    operationId: `${route.method}${route.path.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll('}', '')}`,
    summary: route.summary,
    description: route.allow === 'anyone' ? 'For anyone.' : `For the role ${route.allow.join(' or ')}.`,
    ...(route.allow === 'anyone' ? { security: [] } : {}),
    tags: [route.tag],
    requestParams: {
      ...(names.length > 0 ? { path } : {}),
      ...(route.query ? { query: route.query } : {}),
      header: z.object(headersOf(route)),
    },
    ...(route.body
      ? { requestBody: { required: !route.bodyOptional, content: { 'application/json': { schema: route.body } } } }
      : {}),
    responses: responses(route),
  }
}

function headersOf(route: Route): Record<string, z.ZodType> {
  if (route.path.endsWith('}/events')) {
    return { 'Last-Event-ID': z.string().optional().meta({ description: 'Continue after this durable event' }) }
  }
  if (route.method === 'get') return {}
  if (route.tag === 'Guests') return {}
  const waits = /\/(conversations|messages)$/.test(route.path)
  return {
    'Idempotency-Key': z.string().optional().meta({ description: 'The same key again returns the first outcome' }),
    ...(waits ? { Prefer: z.string().optional().meta({ description: 'wait=N: hold up to N seconds (60)' }) } : {}),
  }
}

function responses(route: Route): ZodOpenApiResponsesObject {
  const good = Object.entries(route.responses).map(([status, { description, schema, type }]) => [
    status,
    { description, ...(schema ? { content: { [type ?? 'application/json']: { schema } } } : {}) },
  ])
  const content = { 'application/problem+json': { schema: problem } }
  return { ...Object.fromEntries(good), default: { description: 'A problem; `code` says which', content } }
}
