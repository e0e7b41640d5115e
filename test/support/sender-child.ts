import 'reflect-metadata';
import { resolve } from 'node:path';
import { Module } from '@nestjs/common';
import type { Clock } from '@huiying/domain';
import { createService, startPlatform } from '@huiying/platform';
import { channelsFile, readEnvironment } from '@huiying/settings';
import { ResponseWorkflowModule } from '../../apps/response-workflow/src/response-workflow.module.js';

@Module({})
class Nothing {}

/** response-workflow as a process to be killed: it keeps notices and sends them. `SHIFT_MS`: how far its clock is ahead. */
async function main(): Promise<void> {
  const { DATABASE_URL: databaseUrl = '', HOOK_URL: url = '', SHIFT_MS: shift = '0' } = process.env;
  const clock: Clock = { now: () => new Date(Date.now() + Number(shift)) };
  const environment = readEnvironment({
    ...{ HUIYING_CONFIG: resolve('config'), HUIYING_LOG_LEVEL: 'error', HUIYING_SECRET_KEY: 'ab'.repeat(32) },
    ...{ HUIYING_CHANNEL_SECRETS: 'hook.secret:s', HUIYING_CHANNEL_ALLOW: new URL(url).host },
  });
  const platform = await startPlatform({ environment, clock, databaseUrl, name: 'sender', schemas: ['workflow'] });
  const { channels } = channelsFile.parse({ channels: [{ id: 'hook', kind: 'webhook', url, perMinute: 6_000 }] });
  const app = await createService(platform, [Nothing, ResponseWorkflowModule.with({ channels })]);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  console.log('sending');
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
