import 'reflect-metadata';
import { createService, startPlatform, whenAskedToEnd } from '@huiying/platform';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { ResponseWorkflowModule } from './response-workflow.module.js';

/** response-workflow as a process of its own: the HTTP API, the console, and the readers of the log. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (environment.databaseUrl === null) throw new Error('HUIYING_DATABASE_URL must name a PostgreSQL server; npm start brings its own');
  const platform = await startPlatform({
    environment,
    clock: new SystemClock(),
    databaseUrl: environment.databaseUrl,
    name: 'response-workflow',
    schemas: ['workflow'],
  });
  const app = await createService(platform, [ResponseWorkflowModule.with({})]);
  const stop = async (): Promise<void> => {
    await app.close();
    await platform.stop();
    process.exit(0);
  };
  whenAskedToEnd(() => void stop());
  await app.startAllMicroservices();
  await app.listen(environment.port, environment.host);
  console.log(`response-workflow ready at ${await app.getUrl()}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
