import 'reflect-metadata';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { stringify } from 'yaml';
import { openDemoCity } from './demo-city/demo-city.js';

/**
 * The demo city for services that run as processes of their own (npm run start:kafka): plays its past once, serves its web site, and
 * writes a folder of configuration that names its sources. Prints one line of JSON with what the others must be told.
 */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (!environment.databaseUrl) throw new Error('HUIYING_DATABASE_URL must be set');
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const city = await openDemoCity({ environment, databaseUrl: environment.databaseUrl, clock: new SystemClock(), say });
  if (!city) throw new Error('the database holds a city of its own; the demo needs an empty one');
  const config = join(environment.dataFolder, 'config');
  mkdirSync(config, { recursive: true });
  cpSync(environment.configFolder, config, { recursive: true });
  writeFileSync(join(config, 'sources.yaml'), stringify({ sources: city.sources.filter((source) => source.kind === 'feed') }));
  const { fetchAllow, apiKeys } = city.environment;
  const keys = [...apiKeys].map(([name, key]) => `${name}:${key}`).join(',');
  say(`demo city: ${JSON.stringify({ config, fetchAllow: fetchAllow.join(','), apiKeys: keys })}`);
  process.on('SIGTERM', () => void city.site.close().then(() => process.exit(0)));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
