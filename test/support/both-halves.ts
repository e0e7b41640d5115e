import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Clock } from '@huiying/domain';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { CollectorModule } from '../../apps/collector/src/collector.module.js';
import { ResponseWorkflowModule } from '../../apps/response-workflow/src/response-workflow.module.js';
import { freshDatabase } from './database.js';

/** What a hotline speaks to: records go in at the collector, orders are worked on by the workflow. */
export interface BothHalves {
  url: string;
  platform: Platform;
  app: NestExpressApplication;
  stop(): Promise<void>;
}

/** Both as one process serves them, on a database and in a data folder of their own; nothing runs by itself. */
export async function startBothHalves(clock: Clock, env: Record<string, string>): Promise<BothHalves> {
  const test = await freshDatabase();
  const dataFolder = mkdtempSync(join(tmpdir(), 'huiying-both-halves-'));
  const environment = readEnvironment({ HUIYING_DATA_DIR: dataFolder, HUIYING_LOG_LEVEL: 'error', ...env });
  const platform = await startPlatform({ environment, clock, databaseUrl: test.url, name: 'spec', schemas: ['collector', 'workflow'] });
  const app = await createService(platform, [
    CollectorModule.with({ sources: [], poll: false }),
    ResponseWorkflowModule.with({ runsByItself: false }),
  ]);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  const stop = async () => {
    await app.close();
    await platform.stop();
    await test.drop();
    rmSync(dataFolder, { recursive: true });
  };
  return { url: await app.getUrl(), platform, app, stop };
}
