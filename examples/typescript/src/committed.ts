/**
 * What was committed, read from positions of our own: no group, no commits, no gap.
 *
 * The client's message stream needs a group; its `fetch` does not. The client drops one aborted transaction of a
 * producer from an answer; the rest is dropped here, as Kafka's own consumer does it.
 */
import { Consumer, FetchIsolationLevels } from '@platformatic/kafka'

export interface Message {
  topic: string
  key: string
  headers: Map<string, string>
  /** null: a tombstone */
  value: Buffer | null
}

type Answer = Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number]
type Batch = NonNullable<Answer['records']>[number]

const CONTROL = 0x20
const LONGEST_WAIT = 500 // milliseconds

export class Committed {
  /** Next offset to read by "topic/partition"; to be saved with the data. */
  readonly positions: Map<string, bigint>
  readonly #consumer: Consumer
  readonly #topics: string[]
  readonly #behind = new Set<string>()

  constructor (bootstrap: string, topics: string[], positions: ReadonlyMap<string, bigint>) {
    this.#consumer = new Consumer({
      groupId: 'nothing-is-kept-under-this-name',
      clientId: 'wiredesk-example',
      bootstrapBrokers: [bootstrap]
    })
    this.#topics = topics
    this.positions = new Map(positions)
  }

  /** Finds the partitions; those without a position begin at the beginning. */
  async open (): Promise<void> {
    const beginnings = await this.#consumer.listOffsets({ topics: this.#topics, timestamp: -2n })
    for (const [topic, offsets] of beginnings) {
      offsets.forEach((offset, partition) => {
        const place = `${topic}/${partition}`
        if (!this.positions.has(place)) this.positions.set(place, offset)
        this.#behind.add(place)
      })
    }
  }

  /** Whether the end of every partition was seen. */
  get atEnd (): boolean {
    return this.#behind.size === 0
  }

  /** What came, waiting half a second for something; an error, and no gap, when a position is not in the log. */
  async poll (): Promise<Message[]> {
    const { topics } = await this.#consumer.metadata({ topics: this.#topics })
    const names = new Map([...topics].map(([name, topic]) => [topic.id, name]))
    const wanted = new Map<number, Map<string, number[]>>() // leader -> topic -> partitions
    for (const [name, topic] of topics) {
      topic.partitions.forEach(({ leader }, partition) => {
        const led = wanted.get(leader) ?? new Map<string, number[]>()
        led.set(name, [...(led.get(name) ?? []), partition])
        wanted.set(leader, led)
      })
    }
    const answers = await Promise.all([...wanted].map(([node, led]) => this.#consumer.fetch({
      node,
      isolationLevel: FetchIsolationLevels.READ_COMMITTED,
      maxWaitTime: LONGEST_WAIT,
      minBytes: 1,
      topics: [...led].map(([name, partitions]) => ({
        topicId: topics.get(name)!.id,
        partitions: partitions.map(partition => ({
          partition,
          currentLeaderEpoch: -1,
          lastFetchedEpoch: -1,
          fetchOffset: this.positions.get(`${name}/${partition}`)!,
          partitionMaxBytes: 1 << 20
        }))
      }))
    })))
    return answers.flatMap(answer => answer.responses).flatMap(({ topicId, partitions }) =>
      partitions.flatMap(partition => this.#taken(names.get(topicId)!, partition)))
  }

  async close (): Promise<void> {
    await this.#consumer.close(true)
  }

  #taken (topic: string, partition: Answer): Message[] {
    const place = `${topic}/${partition.partitionIndex}`
    const from = this.positions.get(place)!
    const last = partition.records?.at(-1)
    const next = last === undefined ? from : endOf(last) + 1n
    this.positions.set(place, next)
    if (next >= partition.lastStableOffset) this.#behind.delete(place)
    return kept(partition).flatMap(batch => batch.records
      .filter(record => batch.firstOffset + BigInt(record.offsetDelta) >= from)
      .map(({ key, value, headers }) => ({
        topic,
        key: String(key),
        headers: new Map(headers.map(([name, content]) => [String(name), String(content)])),
        value
      })))
  }
}

/** The batches that are no markers and of no aborted transaction. */
function kept (partition: Answer): Batch[] {
  const aborted = [...(partition.abortedTransactions ?? [])].sort((a, b) => Number(a.firstOffset - b.firstOffset))
  const aborting = new Set<bigint>() // producers within a transaction that was aborted
  return (partition.records ?? []).filter(batch => {
    while (aborted[0] !== undefined && aborted[0].firstOffset <= endOf(batch)) aborting.add(aborted.shift()!.producerId)
    if ((batch.attributes & CONTROL) === 0) return !aborting.has(batch.producerId)
    const isAbort = batch.records[0]?.key?.readInt16BE(2) === 0
    if (isAbort) aborting.delete(batch.producerId)
    return false
  })
}

function endOf (batch: Batch): bigint {
  return batch.firstOffset + BigInt(batch.lastOffsetDelta)
}
