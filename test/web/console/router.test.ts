import { expect, test } from 'vitest'
import { pathOf, type Route, routeOf } from '../../../web/console/router.ts'

test.each<[string, Route]>([
  ['/console/waiting', { page: 'desk', view: 'waiting', conversation: null }],
  ['/console/approvals', { page: 'desk', view: 'approvals', conversation: null }],
  ['/console/conversations/conv_1?view=mine', { page: 'desk', view: 'mine', conversation: 'conv_1' }],
  ['/console/supervisor', { page: 'supervisor' }],
])('%s names a page, and the page names it', (path, expected) => {
  const url = new URL(path, 'http://desk.test')
  expect(routeOf(url.pathname, url.search)).toEqual(expected)
  expect(pathOf(expected)).toBe(path)
})

test.each(['/console', '/console/', '/console/nowhere', '/console/conversations/'])('%s shows who waits', (path) => {
  expect(routeOf(path, '')).toEqual({ page: 'desk', view: 'waiting', conversation: null })
})
