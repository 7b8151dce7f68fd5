// A plot over days with its labels in HTML: values at the left, days below, words at the end of a line, marks where something changed.
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'
import type uPlot from 'uplot'
import { drawPlot, type PlotSeries } from './draw-plot.ts'
import { placeMarks, type Mark } from './marks.ts'
import { namedDays, type Scale } from './scale.ts'
import { tokenColors, watchTheme } from './token-colors.ts'
import { axisDay } from './words.ts'

export interface DayPlotProps {
  /** YYYY-MM-DD of each day. */
  days: readonly string[]
  series: readonly PlotSeries[]
  scale: Scale
  /** A value of the scale as words. */
  label: (value: number) => string
  goal?: number | undefined
  size: 'tall' | 'low'
  /** Words beside the last value of a line, the highest first. */
  ends?: readonly { value: number; text: string }[]
  marks?: readonly Mark[]
  /** How many days are named at most. */
  named: number
  /** All of it in one sentence, for who cannot see it. */
  description: string
  /** The day under the pointer, by index. */
  onPoint: (index: number | null) => void
}

const HEIGHT = { tall: 188, low: 116 }
/** Two words beside a plot need so many pixels. */
const END_HEIGHT = 16

export function DayPlot({
  days,
  series,
  scale,
  label,
  goal,
  size,
  ends,
  marks,
  named,
  description,
  onPoint,
}: DayPlotProps) {
  const area = usePlot({ series, scale, goal, onPoint }, HEIGHT[size])
  const bars = series.some(({ look }) => look === 'bars')
  const acrossOf = (index: number) =>
    bars ? (100 * (index + 0.5)) / days.length : (100 * index) / Math.max(1, days.length - 1)
  const heightOf = (value: number) => (100 * (value - scale.min)) / (scale.max - scale.min)
  const indexes = namedDays(days.length, named)
  return (
    <div className={`day-plot ${size}${ends?.length ? ' with-ends' : ''}${marks?.length ? ' with-marks' : ''}`}>
      <div className="ys" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <span key={tick} style={{ bottom: `${heightOf(tick)}%` }}>
            {label(tick)}
          </span>
        ))}
      </div>
      <div className="area">
        <figure className="canvas" ref={area} aria-label={description} />
        {placeMarks(marks ?? [], acrossOf).map(({ words, across, row, before }) => (
          <span
            key={`${across} ${words}`}
            className={`mark-line row-${row}${before ? '' : ' after'}`}
            style={{ left: `${across}%` }}
          >
            {row === 'none' ? null : <b className="cut">{words}</b>}
          </span>
        ))}
        {spread(ends ?? [], heightOf, HEIGHT[size]).map(({ text, bottom }) => (
          <span key={text} className="end-word" style={{ bottom: `${bottom}%` }} aria-hidden="true">
            {text}
          </span>
        ))}
      </div>
      <div className="xs" aria-hidden="true">
        {indexes.map((index, position) => (
          <span key={index} className={edgeOf(position, indexes.length, bars)} style={{ left: `${acrossOf(index)}%` }}>
            {axisDay(days[index] ?? '', days[indexes[position - 1] ?? -1])}
          </span>
        ))}
      </div>
    </div>
  )
}

/** Draws into the element it returns, again when data, size or theme change. */
function usePlot(
  { onPoint, ...data }: Pick<DayPlotProps, 'series' | 'scale' | 'goal' | 'onPoint'>,
  height: number,
): RefObject<HTMLElement | null> {
  const area = useRef<HTMLElement>(null)
  const plotted = useRef<uPlot>(null)
  const tell = useEffectEvent(onPoint)
  // By value: the arrays are made anew whenever the page renders.
  const drawn = JSON.stringify(data)
  useEffect(() => {
    const parent = area.current
    if (!parent) return undefined
    const draw = () => {
      plotted.current?.destroy()
      const { series, scale, goal } = JSON.parse(drawn) as typeof data
      const colors = tokenColors(parent)
      plotted.current = drawPlot(parent, {
        series,
        scale,
        goal,
        colors,
        width: parent.clientWidth,
        height,
        onPoint: tell,
      })
    }
    draw()
    const unwatch = watchTheme(draw)
    const sized = new ResizeObserver(() => plotted.current?.setSize({ width: parent.clientWidth, height }))
    sized.observe(parent)
    return () => {
      sized.disconnect()
      unwatch()
      plotted.current?.destroy()
      plotted.current = null
    }
  }, [drawn, height])
  return area
}

/** The first and last word stay within the plot; those over bars stand in the middle. */
const edgeOf = (position: number, all: number, bars: boolean): string =>
  bars || all === 1 ? '' : position === 0 ? 'first' : position === all - 1 ? 'last' : ''

/** Words at the ends of two close lines are moved apart. */
function spread(
  ends: readonly { value: number; text: string }[],
  heightOf: (value: number) => number,
  pixels: number,
): { text: string; bottom: number }[] {
  const gap = (100 * END_HEIGHT) / pixels
  let above = Number.POSITIVE_INFINITY
  return ends.map(({ value, text }) => {
    const bottom = Math.min(heightOf(value), above - gap)
    above = bottom
    return { text, bottom }
  })
}
