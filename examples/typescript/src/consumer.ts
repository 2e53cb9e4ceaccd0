/** A consumer of wiredesk's topics: `node dist/consumer.js --bootstrap HOST:PORT --state state.json`. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Committed } from './committed.js'
import { LocalCopy, TOPICS } from './local-copy.js'
import { mismatches } from './vectors.js'

const SAVE_EVERY = 5_000 // milliseconds; the whole file is written each time

const { values: options } = parseArgs({
  options: {
    bootstrap: { type: 'string', default: '127.0.0.1:9092' },
    copy: { type: 'string', default: 'copy.json' },
    language: { type: 'string', default: 'en' },
    'until-end': { type: 'boolean', default: false },
    state: { type: 'string' },
    'check-vectors': { type: 'string' }
  }
})

// [read]
async function read (copy: LocalCopy, topics: Committed): Promise<void> {
  let saved = Date.now()
  while (!stopped && !(options['until-end'] && topics.atEnd)) {
    for (const message of await topics.poll()) {
      const news = copy.take(message)
      if (news !== null) console.log(news, message.topic, message.key, message.headers.get('ce_id'))
    }
    if (Date.now() - saved > SAVE_EVERY) {
      copy.save(topics.positions)
      saved = Date.now()
    }
  }
  copy.save(topics.positions)
}
// [/read]

let stopped = false
if (options['check-vectors'] !== undefined) {
  process.exitCode = mismatches(options['check-vectors']) === 0 ? 0 : 1
} else {
  process.on('SIGTERM', () => { stopped = true })
  process.on('SIGINT', () => { stopped = true })
  const copy = new LocalCopy(options.copy, options.language)
  const topics = new Committed(options.bootstrap, TOPICS, copy.positions)
  await topics.open()
  await read(copy, topics)
  await topics.close()
  if (options.state !== undefined) writeFileSync(options.state, JSON.stringify(copy.state()))
}
