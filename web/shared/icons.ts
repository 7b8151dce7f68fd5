// The icons: a 16 grid, 1.5 stroke, drawn in the colour of the text beside them. As data, so that no page ever parses markup.

/** The shapes of each icon's `<svg viewBox="0 0 16 16">`: an element and its attributes. */
export const ICONS = {
  alert: [
    ['circle', { cx: '8', cy: '8', r: '5.5' }],
    ['path', { d: 'M8 5v3.5M8 11h.01' }],
  ],
  back: [['path', { d: 'M6 3 2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7' }]],
  cart: [
    ['path', { d: 'M1.5 2.5h2l1.5 8h7l1.5-5.5h-9' }],
    ['circle', { cx: '6', cy: '13', r: '.8' }],
    ['circle', { cx: '11', cy: '13', r: '.8' }],
  ],
  check: [['path', { d: 'm3 8.5 3.2 3L13 4.5' }]],
  chev: [['path', { d: 'm6 3.5 4.5 4.5L6 12.5' }]],
  clock: [
    ['circle', { cx: '8', cy: '8', r: '5.5' }],
    ['path', { d: 'M8 5v3.2l2 1.3' }],
  ],
  down: [
    [
      'path',
      {
        d: 'M5 8.8 7.6 14c1 0 1.7-.7 1.5-1.8L8.7 10h3.5c.9 0 1.4-.7 1.2-1.6l-.9-4.2C12.4 3.5 11.8 3 11.1 3H5M2.5 8.8H5V3H2.5z',
      },
    ],
  ],
  edit: [['path', { d: 'm3 13 .6-2.8L11 2.9l2.1 2.1-7.3 7.4z' }]],
  filter: [['path', { d: 'M2 4h12M4.5 8h7M7 12h2' }]],
  hand: [
    [
      'path',
      {
        d: 'M5 8.5V4.2a1 1 0 0 1 2 0V7m0-.5V3a1 1 0 0 1 2 0v4m0-.2V3.8a1 1 0 0 1 2 0V9c0 3-1.4 5-4 5-2 0-3-1-4.2-3.2L2 9a1 1 0 0 1 1.7-1L5 9.5',
      },
    ],
  ],
  inbox: [
    ['path', { d: 'M2 9.5 4 3h8l2 6.5V13H2z' }],
    ['path', { d: 'M2 9.5h3.5L6.5 11h3l1-1.5H14' }],
  ],
  keys: [
    ['rect', { x: '1.5', y: '4', width: '13', height: '8.5', rx: '1' }],
    ['path', { d: 'M4 6.8h.01M6.7 6.8h.01M9.3 6.8h.01M12 6.8h.01M5 9.8h6' }],
  ],
  lock: [
    ['rect', { x: '3.5', y: '7', width: '9', height: '6.5', rx: '1' }],
    ['path', { d: 'M5.5 7V5a2.5 2.5 0 0 1 5 0v2' }],
  ],
  min: [['path', { d: 'M3 8h10' }]],
  money: [
    ['rect', { x: '1.5', y: '4', width: '13', height: '8.5', rx: '1' }],
    ['path', { d: 'M1.5 7h13M4 10h2.5' }],
  ],
  more: [['path', { d: 'M3.5 8h.01M8 8h.01M12.5 8h.01', 'stroke-width': '2.2' }]],
  offline: [
    ['path', { d: 'M2 2l12 12M4.3 4.9a3.5 3.5 0 0 0-.5 7h7.5M6.8 4.1a3.7 3.7 0 0 1 4.9 3 2.5 2.5 0 0 1 1.9 3.4' }],
  ],
  open: [['path', { d: 'M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13 3 7.5 8.5' }]],
  person: [
    ['circle', { cx: '8', cy: '5', r: '2.5' }],
    ['path', { d: 'M3 13.5c.4-2.9 2.3-4.3 5-4.3s4.6 1.4 5 4.3' }],
  ],
  search: [
    ['circle', { cx: '7', cy: '7', r: '4.25' }],
    ['path', { d: 'm10.2 10.2 3.3 3.3' }],
  ],
  send: [['path', { d: 'M8 13V3M3.8 7.2 8 3l4.2 4.2' }]],
  source: [
    [
      'path',
      { d: 'M8 3.5C6.5 2.6 4.5 2.5 2.5 2.7v9.8c2-.2 4 0 5.5.9 1.5-.9 3.5-1.1 5.5-.9V2.7c-2-.2-4-.1-5.5.8zm0 0v9.9' },
    ],
  ],
  theme: [
    ['circle', { cx: '8', cy: '8', r: '5.5' }],
    ['path', { d: 'M8 2.5a5.5 5.5 0 0 1 0 11z', fill: 'currentColor' }],
  ],
  tool: [
    [
      'path',
      {
        d: 'M9.6 3.2a3.2 3.2 0 0 1 3.9 4L11.7 5.4 10.3 6.8l1.7 1.7M9.6 3.2a3.2 3.2 0 0 0-2.3 4.1L2.6 12l1.4 1.4 4.7-4.7A3.2 3.2 0 0 0 12 8.5',
      },
    ],
  ],
  transfer: [['path', { d: 'M2 5.5h10L9.5 3M14 10.5H4L6.5 13' }]],
  up: [
    [
      'path',
      {
        d: 'M5 7.2 7.6 2c1 0 1.7.7 1.5 1.8L8.7 6h3.5c.9 0 1.4.7 1.2 1.6l-.9 4.2c-.1.7-.7 1.2-1.4 1.2H5M2.5 7.2H5V13H2.5z',
      },
    ],
  ],
  x: [['path', { d: 'm4 4 8 8m0-8-8 8' }]],
} as const satisfies Record<string, readonly (readonly [string, Record<string, string>])[]>
export type IconName = keyof typeof ICONS

/** The lamp: the mark of everdesk, on a 22 grid. Classes colour its parts. */
export const MARK = [
  ['path', { class: 'shade', d: 'M3 10.5C3 6 6.6 3.5 11 3.5s8 2.5 8 7z' }],
  ['path', { class: 'lit', d: 'M5.5 12h11l-.9 1.8H6.4z' }],
  ['path', { class: 'stand', d: 'M11 15v3.5M5.5 18.5h11' }],
] as const
