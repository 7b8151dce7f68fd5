import { definePlant } from '../types.ts'

export const customersSwapped = definePlant({
  name: 'customers-swapped',
  about: 'A tool is given the customer of the call before it (P6).',
  provokedBy:
    'several customers at a time who reset passwords, change payment methods and ask for their orders; no fault',
  file: 'src/activities/execute-read.ts',
  find: `    customerId: request.customerId,
    conversationId: request.conversationId,
    systems: request.working.systems,
    key: request.key ?? '',
    approval: request.approval ?? null,
    signal,
  }
}
`,
  replace: `    customerId: previousCustomer(request.customerId),
    conversationId: request.conversationId,
    systems: request.working.systems,
    key: request.key ?? '',
    approval: request.approval ?? null,
    signal,
  }
}

let before
function previousCustomer(now) {
  const previous = before ?? now
  before = now
  return previous
}
`,
})
