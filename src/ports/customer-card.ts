// What the company's own systems know of a customer, for the people who help them.

/** `12345`: `shipped, $199.00` */
export type CardRow = { label: string; text: string }

/** `unavailable`: its system did not answer, or declined to; `rows` is empty then. */
export type CardSection = { title: string; state: 'read' | 'unavailable'; rows: CardRow[] }

export type CardRequest = { desk: string; conversationId: string; customerId: string; guest: boolean }

/** Asks the systems at this moment. Never rejects because one of them is away. */
export type ReadCustomerCard = (request: CardRequest) => Promise<CardSection[]>
