import { types } from 'pg'
import type { CustomTypesConfig } from 'pg'

/** How columns become values, the same on PostgreSQL and PGlite: int8 a number, timestamptz a Date, jsonb parsed, numeric a string. */
export const COLUMN_TYPES: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === types.builtins.INT8 && format !== 'binary' ? parseInt8 : types.getTypeParser(oid, format),
}

function parseInt8(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`the int8 ${value} is not safe as a number; select it as text`)
}
