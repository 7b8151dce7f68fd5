// The demo company's people that are good to try things with.

/** Somebody whom the sandbox's issuer knows. */
export interface DemoPerson {
  role: 'customer' | 'agent' | 'supervisor'
  sub: string
  name: string
  /** What they are good for. */
  has: string
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { role: 'customer', sub: 'cust_1001', name: 'Ada Park', has: 'order 12345 on its way' },
  { role: 'customer', sub: 'cust_1002', name: 'Ben Ortiz', has: 'a refund that needs two people' },
  { role: 'customer', sub: 'cust_1003', name: 'Chloe Diaz', has: 'locked account' },
  { role: 'customer', sub: 'cust_1004', name: 'Dev Rao', has: '40 orders, three of them late' },
  { role: 'agent', sub: 'agent_mia', name: 'Mia', has: 'approves up to $200' },
  { role: 'supervisor', sub: 'supervisor_sara', name: 'Sara', has: 'approves above it' },
]

/** A row of the list; a click signs them in beside. */
export function personRow(person: DemoPerson, signIn: () => void): HTMLElement {
  const name = document.createElement('b')
  name.textContent = person.name
  const has = document.createElement('span')
  has.textContent = person.has
  const button = document.createElement('button')
  button.type = 'button'
  button.append(name, `, ${person.role}`, has)
  button.addEventListener('click', signIn)
  const row = document.createElement('li')
  row.append(button)
  return row
}
