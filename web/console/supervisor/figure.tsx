// A titled part of the page; its numbers can be read as a table instead of a drawing.
import { type ReactNode, useId, useState } from 'react'

/** A table's head and rows; the first cell of a row names it. */
export interface Numbers {
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}

export interface FigureProps {
  title: string
  caption: ReactNode
  /** The same as a table; without it the drawing is already text. */
  numbers?: Numbers
  children: ReactNode
}

export function Figure({ title, caption, numbers, children }: FigureProps) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <section className="figure" aria-labelledby={id}>
      <div className="figure-head">
        <h2 id={id}>{title}</h2>
        {numbers ? (
          <button type="button" className="as-table" onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Chart' : 'Table'}
            <span className="vh"> of {title}</span>
          </button>
        ) : null}
      </div>
      <p className="caption">{caption}</p>
      {asTable && numbers ? <NumbersTable name={title} numbers={numbers} /> : children}
    </section>
  )
}

function NumbersTable({ name, numbers: { columns, rows } }: { name: string; numbers: Numbers }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- whoever has no pointer scrolls it with the keys
    <section className="numbers" tabIndex={0} aria-label={`${name}, as a table`}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
