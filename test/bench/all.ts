/** `npm run bench`: every bench of the first job, one after the other, as one JSON document with the machine's size. */
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { kafkaAvailability } from '../support/kafka-jars.js';

const TYPESCRIPT = join(__dirname, '../support/typescript.cjs');

function run(file: string, ...args: string[]): unknown {
  console.error(`bench: ${[file, ...args].join(' ')} …`);
  const done = spawnSync(process.execPath, ['-r', TYPESCRIPT, join(__dirname, file), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const json = done.stdout.trim().split('\n').at(-1) ?? '';
  return done.status === 0 && json.startsWith('{') ? JSON.parse(json) : { bench: file, failed: true, status: done.status };
}

const kafka = kafkaAvailability();
const results = [
  run('event-log.bench.ts'),
  run('pipeline.bench.ts', 'postgres'),
  kafka.available ? run('pipeline.bench.ts', 'kafka') : { bench: 'pipeline', adapter: 'kafka', didNotRun: kafka.reason },
  run('deadlines.bench.ts'),
  run('lifecycle.bench.ts'),
  run('intake.bench.ts'),
  run('callbacks.bench.ts'),
  run('learning.bench.ts'),
  run('judge.bench.ts'),
  run('archive.bench.ts'),
  run('report.bench.ts'),
  run('surge.bench.ts'),
  run('thresholds.bench.ts'),
  run('start.bench.ts'),
  run('sources.bench.ts'),
];
const machine = { processor: cpus()[0]!.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version };
console.log(JSON.stringify({ machine, results }, null, 2));
process.exit(results.some((result) => (result as { failed?: boolean }).failed) ? 1 : 0);
