import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { opinionClassifiedV1, TOPICS, type OpinionClassifiedV1 } from '@huiying/contracts';
import { MovableClock, stableId } from '@huiying/domain';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { ClassifierModule } from './classifier.module.js';
import { opinionOf } from './judging/opinion.sample.js';

const CONFIG = resolve(__dirname, '../../../config');
const AT = '2026-11-20T03:00:00.000Z';

describe('ClassifierModule', () => {
  let db: TestDatabase;
  let platform: Platform;
  const open = async (config: string): Promise<void> => {
    platform = await startPlatform({
      environment: readEnvironment({ HUIYING_CONFIG: config, HUIYING_LOG_LEVEL: 'error' }),
      clock: new MovableClock(new Date(AT)),
      databaseUrl: db.url,
      name: 'classifier spec',
      schemas: ['classifier'],
    });
  };
  beforeEach(async () => {
    db = await freshDatabase();
  });
  afterEach(async () => {
    await platform.stop();
    await db.drop();
  });

  it('reads opinion.collected from the log and puts opinion.classified into it', async () => {
    await open(CONFIG);
    const service = await createService(platform, [ClassifierModule.with({ citySources: ['forum'] })]);
    await service.startAllMicroservices();
    let arrived: (event: OpinionClassifiedV1) => void;
    const classified = new Promise<OpinionClassifiedV1>((resolveIt) => (arrived = resolveIt));
    const reader = await platform.log.read({
      reader: 'spec',
      topics: [TOPICS.opinionClassified],
      batchSize: 10,
      parallel: 1,
      handle: async ([record]) => arrived(opinionClassifiedV1.parse(JSON.parse(record!.value))),
    });
    const data = opinionOf({ sourceId: 'forum', text: '小区电梯一个月困人三次，物业没人管，请问该找谁？' });
    const event = { id: stableId('spec'), type: TOPICS.opinionCollected, version: 1, occurredAt: AT, causedBy: null, data };
    await platform.log.publish([{ topic: TOPICS.opinionCollected, key: data.opinionId, value: JSON.stringify(event) }]);

    const { causedBy, data: judged } = await classified;
    expect(causedBy).toBe(event.id);
    expect(judged.opinion).toEqual(data);
    expect(judged.judgement).toMatchObject({ jurisdiction: { verdict: 'ours' }, publicOpinion: { verdict: true } });
    await reader.stop();
    await service.close();
  });

  it('does not start with a configuration that cannot be used, and names the line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiying-bad-'));
    cpSync(CONFIG, folder, { recursive: true });
    writeFileSync(join(folder, 'topics.yaml'), 'version: x\ntopics: []\n');
    await open(folder);
    await expect(createService(platform, [ClassifierModule])).rejects.toThrow(
      `${join(folder, 'topics.yaml')} cannot be used:\n  line 2: topics`,
    );
    rmSync(folder, { recursive: true });
  });
});
