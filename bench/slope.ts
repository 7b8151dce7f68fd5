/** How fast a value grows, by least squares: units of `value` for each unit of `at`; 0 of fewer than two points. */
export function slope(points: readonly { at: number; value: number }[]): number {
  const mean = (of: (point: { at: number; value: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [at, value] = [mean((point) => point.at), mean((point) => point.value)]
  const spread = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0)
  if (points.length < 2 || spread === 0) return 0
  return points.reduce((sum, point) => sum + (point.at - at) * (point.value - value), 0) / spread
}
