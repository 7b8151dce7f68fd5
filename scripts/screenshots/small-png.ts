// Screenshots as indexed PNGs: a flat page needs few colours, and its picture a third of the bytes.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PALETTE_SIZE = 256
/** Colours nearer than this (squared distance) to one of the palette need no place of their own. */
const NEAR = 48

/** The same picture with at most 256 colours. Takes what Chromium writes: 8 bits, RGB or RGBA without transparency, no interlace. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, channels, data } = readPng(png)
  const pixels = unfiltered(inflateSync(data), width, height, channels)
  const colors = new Uint32Array(width * height)
  const counts = new Map<number, number>()
  for (let index = 0; index < colors.length; index++) {
    const at = index * channels
    const color = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0)
    colors[index] = color
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  const palette = paletteOf(counts)
  const nearest = new Map<number, number>([...counts.keys()].map((color) => [color, nearestIn(palette, color)]))
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest.get(colors[y * width + x] ?? 0) ?? 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const entries = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function readPng(png: Buffer): { width: number; height: number; channels: number; data: Buffer } {
  let [width, height, channels] = [0, 0, 0]
  const data: Buffer[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') [width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? 4 : 3]
    if (type === 'IDAT') data.push(body)
    at += length + 12
  }
  return { width, height, channels, data: Buffer.concat(data) }
}

/** Undoes the filter of each row (PNG specification, 9.2). */
function unfiltered(raw: Buffer, width: number, height: number, channels: number): Buffer {
  const stride = width * channels
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? (out[y * stride + x - channels] ?? 0) : 0
      const up = y > 0 ? (out[(y - 1) * stride + x] ?? 0) : 0
      const corner = y > 0 && x >= channels ? (out[(y - 1) * stride + x - channels] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The most frequent colours that differ enough. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const palette: number[] = []
  for (const [color] of [...counts].toSorted(([, one], [, other]) => other - one)) {
    if (palette.length === PALETTE_SIZE) break
    if (palette.every((known) => distance(known, color) >= NEAR)) palette.push(color)
  }
  return palette
}

function nearestIn(palette: readonly number[], color: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  palette.forEach((known, index) => {
    const far = distance(known, color)
    if (far < least) [best, least] = [index, far]
  })
  return best
}

const distance = (one: number, other: number): number =>
  ((one >> 16) - (other >> 16)) ** 2 +
  (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
  ((one & 255) - (other & 255)) ** 2

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(body.length + 12)
  out.writeUInt32BE(body.length, 0)
  out.write(type, 4, 'latin1')
  body.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8)
  return out
}
