/**
 * The local copy: articles, stories and utterances in memory, saved to one JSON file with the positions up to which
 * they were read. A program that dies reads again what came after the last save, and writes it by key once more.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Message } from './committed.js'
import { toUtf16, type Span } from './spans.js'

const ARTICLES = 'articles.enriched.v1'
const STORIES = 'stories.v1'
const MEMBERS = 'stories.members.v1'
const QUOTES = 'quotes.v1'
export const TOPICS = [ARTICLES, STORIES, MEMBERS, QUOTES]

/** Milliseconds after which a copy is made anew: tombstones are kept for 7 days, and each may be a withdrawal. */
const LONGEST_AWAY = 6 * 24 * 3600 * 1000
/** Ids of messages that are remembered, so that nobody is told twice. */
const REMEMBERED = 100_000

interface Article { version: number, source: string, headline: string | null, story_id: string | null, said: string[] }
type Known = { version: number, status: 'kept', article: Article } | { version: number, status: 'withdrawn' | 'unwanted' }
interface Place { start: number, end: number }
export type News = 'put' | 'delete'

export class LocalCopy {
  readonly positions = new Map<string, bigint>()
  readonly #path: string
  readonly #language: string
  #articles = new Map<string, Known>()
  #records = new Map(TOPICS.map(topic => [topic, new Map<string, any>()]))
  #told = new Set<string>()

  constructor (path: string, language: string) {
    this.#path = path
    this.#language = language
    const saved = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
    if (saved === null || Date.now() - saved.at > LONGEST_AWAY) return
    this.#articles = new Map(saved.articles)
    for (const [topic, records] of saved.records) this.#records.set(topic, new Map(records))
    this.#told = new Set(saved.told)
    for (const [place, next] of saved.positions) this.positions.set(place, BigInt(next))
  }

  // [take]
  /** Takes in one message; what to act on, null when it is no news. */
  take ({ topic, key, headers, value }: Message): News | null {
    let done: News | null
    if (topic === ARTICLES) {
      done = this.#takeArticle(key, headers, value)
    } else if (value === null) {
      done = this.#records.get(topic)!.delete(key) ? 'delete' : null
    } else {
      this.#records.get(topic)!.set(key, JSON.parse(value.toString()))
      done = 'put'
    }
    const id = headers.get('ce_id')!
    if (this.#told.has(id)) return null
    this.#told.add(id)
    return done
  }

  #takeArticle (key: string, headers: Map<string, string>, value: Buffer | null): News | null {
    const version = Number(headers.get('ce_version'))
    const known = this.#articles.get(key)
    if (known !== undefined && version < known.version) return null // never back, also not after a withdrawal
    if (value !== null && headers.get('ce_language') === this.#language) {
      this.#articles.set(key, { version, status: 'kept', article: articleOf(JSON.parse(value.toString())) })
      return 'put'
    }
    // Not decoded. A version before it may have been wanted.
    this.#articles.set(key, { version, status: value === null ? 'withdrawn' : 'unwanted' })
    return known?.status === 'kept' ? 'delete' : null
  }
  // [/take]

  /** Saves the copy together with the positions (next offset to read) that go with it. */
  save (positions: ReadonlyMap<string, bigint>): void {
    for (const id of this.#told) {
      if (this.#told.size <= REMEMBERED) break
      this.#told.delete(id)
    }
    const saved = {
      at: Date.now(),
      positions: [...positions].map(([place, next]) => [place, String(next)]),
      articles: [...this.#articles],
      records: [...this.#records].map(([topic, records]) => [topic, [...records]]),
      told: [...this.#told]
    }
    writeFileSync(`${this.#path}.new`, JSON.stringify(saved))
    renameSync(`${this.#path}.new`, this.#path) // whole or not at all
  }

  // [merges]
  /** The story that a story was merged into at last; itself when it was not. */
  finalStory (storyId: string): string {
    const passed = new Set<string>()
    for (let at = storyId; !passed.has(at);) {
      passed.add(at)
      storyId = at
      at = this.#records.get(STORIES)!.get(at)?.merged_into ?? at
    }
    return storyId
  }
  // [/merges]

  /** The copy as it is, with merges followed. */
  state (): object {
    const articles: Record<string, Article> = {}
    const withdrawn: Record<string, number> = {}
    for (const [key, known] of this.#articles) {
      if (known.status === 'withdrawn') withdrawn[key] = known.version
      if (known.status === 'kept') {
        const { story_id: story } = known.article
        articles[key] = { ...known.article, story_id: story === null ? null : this.finalStory(story) }
      }
    }
    const stories: Record<string, { size: number, members: string[] }> = {}
    for (const [key, story] of this.#records.get(STORIES)!) {
      if (story.merged_into === null) stories[key] = { size: story.size, members: [] }
    }
    for (const member of this.#records.get(MEMBERS)!.values()) {
      // One without a story is early: topics are not read in step.
      stories[this.finalStory(member.story_id)]?.members.push(member.article_id)
    }
    for (const story of Object.values(stories)) story.members.sort()
    const quotes: Record<string, object> = {}
    for (const [key, quote] of this.#records.get(QUOTES)!) {
      quotes[key] = { text: quote.text, speaker: quote.speaker?.name ?? null, count: quote.count }
    }
    return { articles, withdrawn, stories, quotes }
  }
}

// [spans]
/** What this program wants of a document; what was said is cut out of the text by its spans. */
function articleOf (document: any): Article {
  const text: string = document.text
  const spans = document.quotes.flatMap((quote: any) => quote.spans.map(({ start, end }: Place): Span => [start, end]))
  return {
    version: document.version,
    source: document.source.name,
    headline: document.headline,
    story_id: document.story?.story_id ?? null,
    said: toUtf16(text, spans).map(([start, end]) => text.slice(start, end))
  }
}
// [/spans]
