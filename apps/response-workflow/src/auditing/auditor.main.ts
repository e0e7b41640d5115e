import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { createService, readRunningCopy, startPlatform, whenAskedToEnd } from '@huiying/platform';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { frontDoor } from '@huiying/tables/lines';
import { AuditorModule } from './auditor.module.js';

const USAGE = 'usage: npm run auditor        runs until Ctrl-C; takes no arguments, its settings stand in docs/how-to/operate.md';

/**
 * `npm run auditor`: the auditor as a process of its own, beside the copy on this data folder or on HUIYING_DATABASE_URL.
 * It fires what the service's engine missed, also while that engine is dead.
 */
async function main(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const environment = readEnvironment(process.env);
  const databaseUrl = environment.databaseUrl ?? readRunningCopy(environment)?.databaseUrl;
  if (!databaseUrl) throw new Error(`No copy runs on ${environment.dataFolder}; start it first, or set HUIYING_DATABASE_URL`);
  const platform = await startPlatform({ environment, clock: new SystemClock(), databaseUrl, name: 'auditor', schemas: ['workflow'] });
  const app = await createService(platform, [AuditorModule]);
  await app.init();
  const stop = async (): Promise<void> => {
    await app.close();
    await platform.stop();
    process.exit(0);
  };
  whenAskedToEnd(() => void stop());
  console.log(`auditor passes every ${environment.auditSeconds} s`);
  return 0;
}

frontDoor(main, { usage: USAGE, failed: 1 });
