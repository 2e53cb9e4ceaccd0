/** The check of spans.ts against schemas/vectors/spans.json. */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { toUtf16, toUtf8, type Span } from './spans.js'

interface Vector { about: string, text: string, code_points: Span[], utf16: Span[], utf8: Span[] }
interface Refused { about: string, text: string, code_points: Span }

/** How many vectors the helper gets wrong; each is told on standard error. */
export function mismatches (path: string): number {
  const { vectors, refused }: { vectors: Vector[], refused: Refused[] } = JSON.parse(readFileSync(path, 'utf8'))
  const wrong: string[] = []
  for (const { about, text, code_points: spans, utf16, utf8 } of vectors) {
    if (!isDeepStrictEqual(toUtf16(text, spans), utf16)) wrong.push(`${about}: utf16 ${JSON.stringify(toUtf16(text, spans))}`)
    if (!isDeepStrictEqual(toUtf8(text, spans), utf8)) wrong.push(`${about}: utf8 ${JSON.stringify(toUtf8(text, spans))}`)
  }
  for (const { about, text, code_points: span } of refused) {
    for (const convert of [toUtf16, toUtf8]) {
      try {
        convert(text, [span])
        wrong.push(`${about}: not refused`)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }
  }
  wrong.forEach(line => { console.error(line) })
  console.log(`${vectors.length + refused.length} vectors, ${wrong.length} mismatches`)
  return wrong.length
}
