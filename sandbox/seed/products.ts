/** A product of the demo company; price in cents of USD. */
export interface Product {
  sku: string
  name: string
  category: string
  price_cents: number
}

const lines: [category: string, brand: string, models: [name: string, dollars: number][]][] = [
  [
    'headphones',
    'Nimbus',
    [
      ['Wireless Headphones', 129],
      ['Earbuds Pro', 89],
      ['Studio Headphones', 219],
      ['Kids Headphones', 39],
      ['Sleep Earbuds', 109],
    ],
  ],
  [
    'speakers',
    'Rondo',
    [
      ['Smart Speaker', 79],
      ['Soundbar 300', 249],
      ['Party Speaker', 189],
      ['Bookshelf Pair', 329],
      ['Travel Speaker', 49],
    ],
  ],
  [
    'television',
    'Vista',
    [
      ['43" 4K TV', 379],
      ['55" 4K TV', 549],
      ['65" OLED TV', 1399],
      ['Streaming Stick', 45],
      ['Wall Mount', 59],
    ],
  ],
  [
    'computers',
    'Aurora',
    [
      ['15 Laptop', 1249],
      ['13 Laptop', 999],
      ['Mini Desktop', 649],
      ['27" Monitor', 299],
      ['Laptop Dock', 149],
    ],
  ],
  [
    'network',
    'Meshy',
    [
      ['Wi-Fi 6 Router', 139],
      ['Mesh Kit 3-pack', 279],
      ['Range Extender', 49],
      ['8-Port Switch', 39],
      ['Powerline Pair', 69],
    ],
  ],
  [
    'smart home',
    'Hearth',
    [
      ['Smart Thermostat', 159],
      ['Video Doorbell', 119],
      ['Smart Bulb 4-pack', 44],
      ['Door Lock', 179],
      ['Motion Sensor', 24],
    ],
  ],
  [
    'kitchen',
    'Brisk',
    [
      ['Espresso Machine', 349],
      ['Air Fryer', 129],
      ['Blender', 79],
      ['Kettle', 45],
      ['Toaster', 39],
    ],
  ],
  [
    'cleaning',
    'Swoop',
    [
      ['Robot Vacuum', 299],
      ['Cordless Vacuum', 229],
      ['Air Purifier', 169],
      ['Window Cleaner', 99],
      ['Filter Set', 29],
    ],
  ],
  [
    'wearables',
    'Pulse',
    [
      ['Smartwatch', 199],
      ['Fitness Band', 59],
      ['Smart Scale', 49],
      ['Watch Strap', 19],
      ['Sports Watch', 279],
    ],
  ],
  [
    'tablets',
    'Slate',
    [
      ['10" Tablet', 329],
      ['8" Tablet', 199],
      ['E-Reader', 139],
      ['Stylus', 69],
      ['Tablet Keyboard', 99],
    ],
  ],
  [
    'photo',
    'Iris',
    [
      ['Instant Camera', 89],
      ['Action Camera', 259],
      ['Webcam HD', 69],
      ['Tripod', 39],
      ['Photo Printer', 129],
    ],
  ],
  [
    'accessories',
    'Lumen',
    [
      ['USB-C Cable', 15],
      ['Fast Charger', 35],
      ['Power Bank', 49],
      ['Desk Lamp', 59],
      ['Surge Protector', 29],
    ],
  ],
]

/** The 60 products, in a fixed order. */
export const products: readonly Product[] = lines.flatMap(([category, brand, models]) =>
  models.map(([model, dollars]) => ({
    sku: `${brand}-${model}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '-'),
    name: `${brand} ${model}`,
    category,
    price_cents: dollars * 100,
  })),
)

const byName = new Map(products.map((product) => [product.name, product]))

/** The product of this exact name; throws when there is none. */
export function productNamed(name: string): Product {
  const product = byName.get(name)
  if (!product) throw new Error(`no product is named ${name}`)
  return product
}
