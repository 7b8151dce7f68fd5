// Which page the address names. Paths of ours change without a reload; the browser's own buttons keep working.
import { watched } from '../shared/watched.ts'

export const VIEWS = ['waiting', 'mine', 'approvals', 'stuck', 'all'] as const
export type View = (typeof VIEWS)[number]

export type Route =
  | { page: 'desk'; view: View; conversation: string | null }
  | { page: 'supervisor' }
  | { page: 'signed-in' }

/** Unknown addresses show the desk. */
export function routeOf(path: string, search: string): Route {
  const [, , first = '', second = ''] = path.split('/')
  if (first === 'signed-in') return { page: 'signed-in' }
  if (first === 'supervisor') return { page: 'supervisor' }
  const view = viewOf(first) ?? viewOf(new URLSearchParams(search).get('view') ?? '') ?? 'waiting'
  const conversation = first === 'conversations' && second !== '' ? decodeURIComponent(second) : null
  return { page: 'desk', view, conversation }
}

export function pathOf(route: Route): string {
  if (route.page !== 'desk') return `/console/${route.page}`
  if (route.conversation === null) return `/console/${route.view}`
  return `/console/conversations/${encodeURIComponent(route.conversation)}?view=${route.view}`
}

const viewOf = (word: string): View | undefined => VIEWS.find((view) => view === word)

/** The route of this moment. */
export const route = watched<Route>({ page: 'desk', view: 'waiting', conversation: null })

const read = () => route.set(routeOf(location.pathname, location.search))

/** Begins to follow the address. */
export function followAddress(): void {
  addEventListener('popstate', read)
  read()
}

/** Goes there; `replace` leaves no step behind. */
export function go(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  read()
}
