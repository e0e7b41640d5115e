import 'reflect-metadata';
import { createService, startPlatform, whenAskedToEnd } from '@huiying/platform';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { CollectorModule } from './collector.module.js';

/** collector as a process of its own: polls the sources and takes the hotline's records. Several may run side by side. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (environment.databaseUrl === null) throw new Error('HUIYING_DATABASE_URL must name a PostgreSQL server; npm start brings its own');
  const platform = await startPlatform({
    environment,
    clock: new SystemClock(),
    databaseUrl: environment.databaseUrl,
    name: 'collector',
    schemas: ['collector'],
  });
  const app = await createService(platform, [CollectorModule]);
  const stop = async (): Promise<void> => {
    await app.close();
    await platform.stop();
    process.exit(0);
  };
  whenAskedToEnd(() => void stop());
  await app.startAllMicroservices();
  await app.listen(environment.port, environment.host);
  console.log(`collector ready at ${await app.getUrl()}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
