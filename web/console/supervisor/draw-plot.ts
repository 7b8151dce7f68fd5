// Draws one value or more per day with uPlot: only the plot. Labels are HTML around it, so that they wrap, zoom and can be read.
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Scale } from './scale.ts'
import type { TokenColors } from './token-colors.ts'

/** How the values of a series look. */
export type SeriesLook = 'area' | 'line' | 'dashed' | 'bars'

/** One value for each day; null leaves a gap. */
export interface PlotSeries {
  look: SeriesLook
  values: readonly (number | null)[]
}

export interface PlotRequest {
  series: readonly PlotSeries[]
  scale: Scale
  /** A dotted line at this value. */
  goal?: number | undefined
  colors: TokenColors
  width: number
  height: number
  /** The day under the pointer, by index; null when it leaves. */
  onPoint: (index: number | null) => void
}

const GOAL_DASH = [2, 4]
const SERIES_DASH = [5, 3]

/** Puts the plot into `parent`; the caller destroys it. */
export function drawPlot(parent: HTMLElement, request: PlotRequest): uPlot {
  const { series, scale, colors, width, height, onPoint } = request
  const days = Math.max(0, ...series.map(({ values }) => values.length))
  const bars = series.some(({ look }) => look === 'bars')
  const line = Math.max(1, Math.round(devicePixelRatio)) / devicePixelRatio
  return new uPlot(
    {
      width,
      height,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: !bars, size: 7 } },
      scales: {
        x: { time: false, range: bars ? [-0.5, days - 0.5] : [0, Math.max(1, days - 1)] },
        y: { range: [scale.min, scale.max] },
      },
      axes: [
        { show: false },
        {
          size: 0,
          gap: 0,
          ticks: { show: false },
          values: (_plot, splits) => splits.map(() => ''),
          splits: () => scale.ticks,
          grid: { stroke: colors.line, width: line },
        },
      ],
      series: [{}, ...series.map(({ look }) => seriesOptions(look, colors))],
      hooks: {
        draw: [(plot) => drawGoal(plot, request)],
        setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)],
      },
    },
    [Array.from({ length: days }, (_, index) => index), ...series.map(({ values }) => [...values])],
    parent,
  )
}

function seriesOptions(look: SeriesLook, colors: TokenColors): uPlot.Series {
  const points = { show: false }
  if (look === 'bars') {
    const paths = uPlot.paths.bars?.({ size: [0.65, 26] })
    return { fill: colors['pine-bar'], width: 0, points, ...(paths ? { paths } : {}) }
  }
  if (look === 'dashed') return { stroke: colors['ink-3'], width: 1.5, dash: SERIES_DASH, points }
  return { stroke: colors.pine, width: 2, points, ...(look === 'area' ? { fill: faint(colors['pine-tint']) } : {}) }
}

/** Lets the lines behind an area through; `color` is what a browser computes, `rgb(224, 240, 232)`. */
const faint = (color: string): string => color.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.55)')

function drawGoal(plot: uPlot, { goal, colors }: PlotRequest): void {
  if (goal === undefined) return
  const { ctx, bbox } = plot
  const y = plot.valToPos(goal, 'y', true)
  ctx.save()
  ctx.strokeStyle = colors['brass-fill']
  ctx.lineWidth = 1.5 * devicePixelRatio
  ctx.setLineDash(GOAL_DASH.map((length) => length * devicePixelRatio))
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}
