import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Line, openLine } from '../../stack/line.ts'
import { until } from '../support/until.ts'

describe('a line', () => {
  let echo: Server
  let line: Line
  let client: Socket
  let heard: string

  const dial = async (): Promise<Socket> => {
    const socket = connect(line.port, '127.0.0.1')
    socket.on('error', () => undefined).on('data', (data: Buffer) => (heard += String(data)))
    await once(socket, 'connect')
    return socket
  }
  const echoed = (text: string) => until(() => heard === text, `the echo of ${text}`)
  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket))
    echo.listen(0, '127.0.0.1')
    await once(echo, 'listening')
    line = await openLine({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port })
    heard = ''
    client = await dial()
  })
  afterEach(async () => {
    client.destroy()
    await line.close()
    echo.close()
    await once(echo, 'close')
  })

  test('passes everything on while it is sound', async () => {
    client.write('hello')
    expect(await echoed('hello')).toBe(true)
  })

  test('cut: open connections die, new ones too, until it is mended', async () => {
    const died = once(client, 'close')
    line.cut()
    await died
    expect(line.struck()).toBe(1)
    await once(await dial(), 'close')
    line.mend()
    client = await dial()
    client.write('again')
    expect(await echoed('again')).toBe(true)
  })

  test('stalled: what was sent waits for the mending and then flows on', async () => {
    line.spoil({ kind: 'stalled' })
    client.write('late')
    await until(() => line.struck() > 0, 'the line holds it')
    await sleep(50)
    expect(heard).toBe('')
    line.mend()
    expect(await echoed('late')).toBe(true)
  })

  test('half open: it stays silent for ever, and neither end is told; a new connection after the mending is sound', async () => {
    const far = await new Promise<Socket>((resolve) => {
      echo.once('connection', resolve)
      void dial()
    })
    line.spoil({ kind: 'half-open' })
    client.write('lost')
    await until(() => line.struck() > 0, 'the line swallows it')
    line.mend()
    client.destroy()
    await once(client, 'close')
    client = await dial()
    client.write('new')
    expect(await echoed('new')).toBe(true)
    expect(far.closed).toBe(false)
  })

  test('drip and delay: all of it arrives, in order', async () => {
    line.spoil({ kind: 'drip', bytesPerSecond: 1000 })
    client.write('a'.repeat(10))
    expect(await echoed('a'.repeat(10))).toBe(true)
    line.spoil({ kind: 'delay', milliseconds: 5 })
    client.write('b')
    client.write('c')
    expect(await echoed(`${'a'.repeat(10)}bc`)).toBe(true)
  })
})
