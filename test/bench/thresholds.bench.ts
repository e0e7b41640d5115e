/**
 * What the threshold rules (预警规则) cost for each opinion, with few and with many counted before: `npm run bench:thresholds`. JSON on the
 * last line. Processor time of the service and the time it took in all, for two rules; the same places come again and again, as in a flood.
 */
import { randomUUID } from 'node:crypto';
import { MovableClock } from '@huiying/domain';
import { Store, Thresholds, type Tx } from '@huiying/persistence';
import { CityBook } from '../../apps/response-workflow/src/city/index.js';
import { ThresholdJudge } from '../../apps/response-workflow/src/thresholds/index.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { processorSeconds } from '../support/processor-time.js';
import { classified } from '../support/workflow-city.js';

const BATCH = 500;
const BATCHES = 6;
const HELD = [0, 100_000, 1_000_000];
const clock = new MovableClock(new Date('2026-11-23T10:00:00+08:00'));

const RULES = [
  { place: 'spot', sameTopic: false, topics: [], needs: [{ sources: ['call'], count: 3 }, { sources: ['post'], count: 1 }], windowHours: 24 }, // prettier-ignore
  { place: 'district', sameTopic: true, topics: [], needs: [{ sources: ['call'], count: 200 }], windowHours: 168 },
];

async function main(): Promise<void> {
  const postgres = await startOwnPostgres();
  const database = await postgres.open(8);
  const store = new Store(database, 'workflow');
  const judge = new ThresholdJudge({ configFolder: 'config' } as never, CityBook.read('config'));
  const ids = RULES.map(() => randomUUID());
  for (const [i, body] of RULES.entries()) {
    const row = { id: ids[i]!, name: `规则${i}`, body, state: 'active' as const, revision: 1, changedAt: clock.now(), changedBy: '值班员' };
    await new Thresholds(database).save(row);
  }
  const figures: Record<string, unknown> = { bench: 'thresholds' };
  let held = 0;
  for (const wanted of HELD) {
    await database.query(
      `INSERT INTO workflow.threshold_hit (rule_id, group_key, opinion_id, source, at)
       SELECT $1, 'estate' || (i % 2000), gen_random_uuid(), 'call', $2::timestamptz - (i % 86400) * interval '1 second' FROM generate_series(1, $3::int) i`,
      [ids[0], clock.now(), wanted - held],
    );
    held = wanted;
    await database.query('ANALYZE workflow.threshold_hit');
    const batches = Array.from({ length: BATCHES }, () => Array.from({ length: BATCH }, (_, i) => opinion(i)));
    const wall = performance.now();
    const seconds = await processorSeconds(async () => {
      for (const batch of batches) await store.change((tx: Tx) => judge.judge(tx, batch, clock.now()));
    });
    const n = BATCH * BATCHES;
    figures[`held ${wanted}`] = {
      serviceMsPerOpinion: round((seconds * 1000) / n),
      wallMsPerOpinion: round((performance.now() - wall) / n),
    };
  }
  await database.close();
  await postgres.stop();
  console.log(JSON.stringify(figures));
}

function opinion(i: number) {
  const name = `${'明翠金丽春和阳锦'[i % 8]}${'湖竹桂景晖平光绣'[Math.floor(i / 8) % 8]}${'东西南北中里园台'[Math.floor(i / 64) % 8]}`;
  return classified(clock, {
    channel: i % 4 === 0 ? 'forum' : 'hotline',
    title: `${name}小区停水`,
    text: `我们${name}小区停水三天，物业说不清。`,
  });
}

const round = (value: number) => Math.round(value * 1000) / 1000;

void main();
