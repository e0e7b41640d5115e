import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Clock } from '@huiying/domain';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassifierModule } from '../../apps/classifier/src/index.js';
import { CollectorModule } from '../../apps/collector/src/index.js';
import { ResponseWorkflowModule } from '../../apps/response-workflow/src/index.js';
import { DEMO_ACCOUNTS } from '../../apps/standalone/src/demo-city/demo-city.js';
import { SCHEMAS } from '../../apps/standalone/src/schemas.js';

/** All services of the city in this process, as `npm start` runs them, over the log that is asked for. */
export interface CityProcess {
  app: NestExpressApplication;
  platform: Platform;
  url: string;
  stop(): Promise<void>;
}

export async function startCity(databaseUrl: string, clock: Clock, kafkaBrokers: string | null): Promise<CityProcess> {
  const environment = readEnvironment({
    HUIYING_DATABASE_URL: databaseUrl,
    HUIYING_DATA_DIR: mkdtempSync(join(tmpdir(), 'huiying-bench-')),
    HUIYING_LOG_LEVEL: 'warn',
    HUIYING_PORT: '0',
    ...(kafkaBrokers ? { HUIYING_LOG: 'kafka', KAFKA_BROKERS: kafkaBrokers, HUIYING_TOPIC_PREFIX: `bench-${process.pid}.` } : {}),
  });
  const platform = await startPlatform({ environment, clock, databaseUrl, name: 'bench', schemas: SCHEMAS });
  const app = await createService(platform, [
    CollectorModule.with({ sources: [], poll: false }),
    ClassifierModule,
    ResponseWorkflowModule.with({ accounts: DEMO_ACCOUNTS }),
  ]);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  return {
    app,
    platform,
    url: await app.getUrl(),
    stop: async () => {
      await app.close();
      await platform.stop();
    },
  };
}
