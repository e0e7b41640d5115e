import 'reflect-metadata';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whenAskedToEnd } from '@huiying/platform';
import { readEnvironment, SystemClock, writeApiKey } from '@huiying/settings';
import { stringify } from 'yaml';
import { DEMO_PASSWORD, officerAt } from './demo/index.js';
import { openDemoCity } from './demo-city/demo-city.js';
import { LiveCalls } from './demo-city/live-calls.js';

/**
 * The demo city for services that run as processes of their own (npm run start:kafka): plays its past once, serves its web site, calls
 * the hotline's intake at the address given, and writes a folder of configuration that names its sources. Prints one line of JSON with
 * what the others must be told.
 */
async function main(intakeUrl: string | undefined): Promise<void> {
  const environment = readEnvironment(process.env);
  if (!environment.databaseUrl) throw new Error('HUIYING_DATABASE_URL must be set');
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const clock = new SystemClock();
  const city = await openDemoCity({ environment, databaseUrl: environment.databaseUrl, clock, say });
  if (!city) throw new Error('the database holds a city of its own; the demo needs an empty one');
  const config = join(environment.dataFolder, 'config');
  mkdirSync(config, { recursive: true });
  cpSync(environment.configFolder, config, { recursive: true });
  // The hotline too: what is said there without a place name is about this city.
  writeFileSync(join(config, 'sources.yaml'), stringify({ sources: city.sources }));
  const calls = intakeUrl ? new LiveCalls(city.state, intakeUrl, clock) : null;
  calls?.start();
  const { fetchAllow, apiKeys } = city.environment;
  const told = {
    config,
    fetchAllow: fetchAllow.join(','),
    apiKeys: apiKeys.map(writeApiKey).join(','),
    hotlineKey: city.state.hotlineKey,
    officer: officerAt(clock.now()),
    password: DEMO_PASSWORD,
  };
  say(`demo city: ${JSON.stringify(told)}`);
  const stop = (): void => {
    calls?.stop();
    void city.site.close().then(() => process.exit(0));
  };
  whenAskedToEnd(stop);
}

main(process.argv[2]).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
