import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Clock } from '@huiying/domain';
import { startEmbeddedPostgres } from '@huiying/persistence';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readSources, type Environment } from '@huiying/settings';
import { ClassifierModule } from '../../classifier/src/index.js';
import { CollectorModule } from '../../collector/src/index.js';
import { CallbackTargets, ResponseWorkflowModule } from '../../response-workflow/src/index.js';
import { prepareDataFolder, provePortFree, takeCopyLock } from './copy/copy-lock.js';
import { accountsShown, openDemoCity, type DemoCity } from './demo-city/demo-city.js';
import { LiveCalls } from './demo-city/live-calls.js';
import { SCHEMAS } from './schemas.js';

export interface RunningStandalone {
  url: string;
  demo: DemoCity | null;
  databaseUrl: string;
}

/**
 * Everything in one process. `undo` collects how to end what was started, so that a start that fails half-way and a
 * Ctrl-C end it alike: last started, first ended.
 */
export async function startStandalone(
  environment: Environment,
  clock: Clock,
  say: (text: string) => void,
  undo: (() => Promise<unknown> | unknown)[],
): Promise<RunningStandalone> {
  prepareDataFolder(environment.dataFolder);
  undo.push(takeCopyLock(environment.dataFolder));
  await provePortFree(environment.host, environment.port);
  const databaseUrl = await openDatabase(environment, say, undo);
  const demo = environment.demo ? await openDemoCity({ environment, databaseUrl, clock, say }) : null;
  if (demo)
    undo.push(
      () => demo.site.close(),
      () => demo.channels.close(),
      () => demo.hotline.close(),
    );
  const settings = demo?.environment ?? environment;
  const platform = await startPlatform({ environment: settings, clock, databaseUrl, name: 'standalone', schemas: SCHEMAS });
  undo.push(() => platform.stop());
  const app = await serve(platform, demo, clock.now());
  undo.push(() => app.close());
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
  if (demo) {
    demo.hotline.ours = { url, key: demo.state.hotlineKey };
    const calls = new LiveCalls(demo.state, url, clock);
    calls.start();
    undo.push(() => calls.stop());
  }
  return { url, demo, databaseUrl };
}

async function openDatabase(environment: Environment, say: (text: string) => void, undo: (() => unknown)[]): Promise<string> {
  if (environment.databaseUrl) return environment.databaseUrl;
  const postgres = await startEmbeddedPostgres({ folder: join(environment.dataFolder, 'postgres') });
  undo.push(() => postgres.stop());
  say(postgres.tookOver ? 'PostgreSQL runs (one left over from a killed copy was ended)' : 'PostgreSQL runs');
  return postgres.url;
}

async function serve(platform: Platform, demo: DemoCity | null, now: Date): Promise<NestExpressApplication> {
  const { environment } = platform;
  const sources = demo?.sources ?? readSources(environment.configFolder);
  const app = await createService(platform, [
    CollectorModule.with({ sources }),
    ClassifierModule.with({ citySources: sources.filter((source) => source.belongsToCity).map((source) => source.id) }),
    ResponseWorkflowModule.with(demo ? { accounts: accountsShown(now), showAccounts: true, channels: demo.channels.settings } : {}),
  ]);
  if (demo) app.get(CallbackTargets, { strict: false }).use(demo.hotline.target(environment.configFolder));
  await app.startAllMicroservices();
  await app.listen(environment.port, environment.host);
  return app;
}
