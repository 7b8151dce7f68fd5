// Reads a JSON body within limits. Raw bytes are checked before anything that could stumble over them.
import type { Request } from 'express'
import { Refusal } from '../../domain/errors.ts'
import { invalid } from '../problem.ts'
import { refuseHostileTree } from './json-tree.ts'

/** Bytes. */
const LARGEST_BODY = 256 * 1024

/** Refuses by the announced length before any other work is done. */
export function refuseAnnouncedSize(request: Request): void {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) throw tooLarge()
}

/** The parsed body; undefined when there is none. Throws Refusal malformed, too_large, unsupported_media_type or invalid_request. */
export async function readBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes.length === 0) return undefined
  refuseOtherTypes(request)
  const tree = parse(decode(bytes))
  refuseHostileTree(tree)
  return tree
}

async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LARGEST_BODY) {
        chunks.push(chunk)
        return
      }
      // The rest flows by unread, so that the client gets to see the answer.
      request.removeAllListeners('data')
      request.resume()
      reject(tooLarge())
    })
    request.once('end', resolve)
    request.once('error', () => reject(new Refusal('malformed', 'The request ended before its body did.')))
    request.once('close', () => reject(new Refusal('malformed', 'The request ended before its body did.')))
  })
  return Buffer.concat(chunks)
}

function refuseOtherTypes(request: Request): void {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='))
  const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset)
  if (type.trim() !== 'application/json' || !utf8 || encoding !== 'identity') {
    throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8, not compressed.')
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('malformed', 'The body is not UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof RangeError) throw invalid('The body is nested too deeply.')
    throw new Refusal('malformed', 'The body is not JSON.')
  }
}

const tooLarge = () => new Refusal('too_large', `A body may have ${LARGEST_BODY} bytes.`)
