/**
 * Offsets in other units: code point spans, as wiredesk writes them, as UTF-16 code units (what JavaScript's strings
 * count) and as UTF-8 bytes. schemas/vectors/spans.json holds texts and spans to test it with.
 */

/** Start and end, half-open. */
export type Span = readonly [number, number]

/** Spans (code points) in UTF-16 code units, for text.slice; RangeError when one runs out of the text. */
export function toUtf16 (text: string, spans: readonly Span[]): Span[] {
  return converted(text, spans, codePoint => (codePoint > 0xffff ? 2 : 1))
}

/** Spans (code points) in bytes of the text in UTF-8; RangeError when one runs out of the text. */
export function toUtf8 (text: string, spans: readonly Span[]): Span[] {
  return converted(text, spans, codePoint => {
    if (codePoint < 0x80) return 1
    if (codePoint < 0x800) return 2
    return codePoint < 0x10000 ? 3 : 4
  })
}

/** One walk over the text, however many spans. */
function converted (text: string, spans: readonly Span[], width: (codePoint: number) => number): Span[] {
  const offsets = [...new Set(spans.flat())].sort((a, b) => a - b)
  const units = new Map<number, number>()
  let at = 0
  let taken = 0
  let next = 0
  for (const sign of text) {
    if (next === offsets.length) break
    if (offsets[next] === at) units.set(offsets[next++]!, taken)
    at += 1
    taken += width(sign.codePointAt(0)!)
  }
  if (next < offsets.length && offsets[next] === at) units.set(at, taken)
  return spans.map(([start, end]) => {
    const from = units.get(start)
    const to = units.get(end)
    if (from === undefined || to === undefined || start > end) throw new RangeError(`no span ${start}:${end} in the text`)
    return [from, to]
  })
}
