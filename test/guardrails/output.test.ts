import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardText } from '../../src/guardrails/output.ts'
import { RULES } from './rules.ts'

const clean = (text: string) => ({ text, blocked: null, tool: null, removedLinks: 0 })

describe('a claimed effect', () => {
  test.each([
    'I have cancelled order 12346.',
    'Good news! I’ve **cancelled** order 12346 for you.',
    'Sure. Order 12346 has been cancelled',
    'I have\ncancelled your order.',
    'Order no. 12346 was cancelled.',
    'I\u200b have can\u00adcelled it.',
  ])('blocks "%s" until the ledger has it', (text) => {
    expect(guardText(text, RULES)).toMatchObject({ blocked: 'unsettled_effect', tool: 'cancel_order' })
    expect(guardText(text, { ...RULES, settled: new Set(['cancel_order']) })).toMatchObject({
      blocked: null,
      tool: null,
    })
  })

  test('of another tool stays blocked when one is settled', () => {
    const settled = new Set(['cancel_order'])
    const text = 'I have cancelled the order. I have refunded you.'
    expect(guardText(text, { ...RULES, settled })).toEqual({
      text,
      blocked: 'unsettled_effect',
      tool: 'refund_order',
      removedLinks: 0,
    })
  })

  test('is found every time, also by a pattern with the g flag', () => {
    const again = [1, 2, 3].map(() => guardText('I have cancelled it.', RULES).blocked)
    expect(again).toEqual(['unsettled_effect', 'unsettled_effect', 'unsettled_effect'])
  })

  test.each([
    'Would you like me to cancel order 12346?',
    'I can cancel it for you.',
    'Orders can be cancelled until they ship.',
  ])('is not seen in "%s"', (text) => {
    expect(guardText(text, RULES)).toEqual(clean(text))
  })
})

describe('a person who takes over', () => {
  test.each([
    "I'll connect you to a human agent.",
    'I have transferred you to an agent.',
    'You are being transferred to a colleague now.',
    'A representative will contact you shortly.',
    'Let me hand you over to a real person.',
    "I've escalated this to a supervisor.",
    'One of our agents will take it from here.',
    'I have notified our support team.',
    "I've asked a colleague to look at this.",
    'A specialist is on their way.',
    'Ich verbinde Sie mit einem Mitarbeiter.',
    'Sie werden jetzt mit einem Kollegen verbunden.',
    'Ein Mitarbeiter meldet sich gleich bei Ihnen.',
    'Je vous mets en relation avec un conseiller.',
    'Vous allez être transféré à un conseiller.',
    'Un conseiller va vous répondre.',
    'Le he transferido a un agente.',
    'Voy a transferirle con una persona.',
    'Un agente se pondrá en contacto con usted.',
    'La metto in contatto con un operatore.',
    'Un operatore la contatterà a breve.',
    'Vou transferir você para um atendente.',
    'Um atendente entrará em contato.',
    'Ik verbind u door met een medewerker.',
    'Een medewerker neemt contact met u op.',
    'Łączę z konsultantem.',
    'Konsultant skontaktuje się z Panem.',
    'Sizi bir temsilciye aktarıyorum.',
    'Temsilcimiz sizinle iletişime geçecek.',
  ])('cannot be announced without a handoff: "%s"', (text) => {
    expect(guardText(text, RULES)).toEqual({ text, blocked: 'unannounced_handoff', tool: null, removedLinks: 0 })
    expect(guardText(text, { ...RULES, handoff: true })).toEqual(clean(text))
  })

  test.each([
    'Would you like me to connect you to a human agent?',
    'I can connect you to a person if you like.',
    "I'll connect you to a human if you prefer.",
    'Please hand the parcel to the delivery person.',
    'Soll ich Sie mit einem Mitarbeiter verbinden?',
    'Wenn Sie möchten, verbinde ich Sie mit einem Mitarbeiter.',
    'Souhaitez-vous que je vous mette en relation avec un conseiller ?',
    '¿Le paso con un agente?',
    'Ik verbind u door met een medewerker als u dat wilt.',
    'Se preferir, posso transferir para um atendente.',
  ])('may be offered: "%s"', (text) => {
    expect(guardText(text, RULES)).toEqual(clean(text))
  })
})

describe('links', () => {
  test.each([
    ['Pay at https://shop.example/pay?x=1.', 'Pay at https://shop.example/pay?x=1.', 0],
    ['See [our page](https://shop.example/a).', 'See [our page](https://shop.example/a).', 0],
    ['Open http://127.0.0.1:4000/pay/1 now', 'Open http://127.0.0.1:4000/pay/1 now', 0],
    ['A link https://shop.example/?from=evil.com stays', 'A link https://shop.example/?from=evil.com stays', 0],
    ['Write to help@evil.com today', 'Write to help@evil.com today', 0],
    ['It is v2.0, e.g. done.Next and node.js', 'It is v2.0, e.g. done.Next and node.js', 0],
    ['See [this page](https://evil.example/a).', 'See this page.', 1],
    ['Look: ![pixel](https://evil.example/?q=secret)', 'Look: pixel', 1],
    ['Go to https://evil.example/a, then wait', 'Go to, then wait', 1],
    ['Go to www.evil.com or evil.com/login.', 'Go to or.', 2],
    ['[x](javascript:alert) [y](//evil.com/a) [z](https:evil.com)', 'x y z', 3],
    ['https://shop.example@evil.com/ https://shop.example.evil.com', '', 2],
    ['h\u200bttps://evil.com/a', '', 1],
  ])('lead only to the hosts of the desk: %s', (text, kept, removed) => {
    const guarded = guardText(text, RULES)
    expect({ ...guarded, text: guarded.text.trim() }).toEqual({
      text: kept,
      blocked: null,
      tool: null,
      removedLinks: removed,
    })
  })

  test('guarded twice are as guarded once', () => {
    const piece = fc.constantFrom(
      'http://evil.com',
      'https://shop.example/a',
      '[a](',
      ')',
      ' ',
      'ht',
      'tp://',
      'evil.com',
      '/',
      '.',
      'x',
      '(',
      '!',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        const once = guardText(pieces.join(''), RULES).text
        expect(guardText(once, RULES)).toMatchObject({ text: once, removedLinks: 0 })
      }),
      { numRuns: 2000 },
    )
  })
})

test('control and direction characters are removed, tabs, line ends and emoji stay', () => {
  expect(guardText('a\u0000b\u001b[31m\u202ec\ud800\t\n👩‍💻', RULES)).toEqual(clean('ab[31mc\ufffd\t\n👩‍💻'))
})

test('long hostile texts are guarded in linear time: at these lengths anything else would take minutes', () => {
  for (const text of ['[', '[a](', 'a.', ' ', 'I have ', '\n- a'].map((piece) => piece.repeat(40_000))) {
    expect(guardText(text, RULES)).toHaveProperty('text')
  }
})
