/**
 * One process of the workflow on a fast clock, for drill.spec.ts: everything that it needs is loaded first, then it waits for its line
 * on the standard input, so that a killed one is replaced at once. It runs the built product, all its loops on.
 */
require('reflect-metadata');
const { resolve } = require('node:path');
const { createInterface } = require('node:readline');
const DIST = resolve(__dirname, '../../../dist');
const { Clock } = require(`${DIST}/libs/domain/src/index.js`);
const { createService, startPlatform } = require(`${DIST}/libs/platform/src/index.js`);
const { readEnvironment } = require(`${DIST}/libs/settings/src/index.js`);
const { ResponseWorkflowModule } = require(`${DIST}/apps/response-workflow/src/response-workflow.module.js`);

/** The same instant in every process: an origin, and so many times as fast as the wall. */
class FastClock extends Clock {
  constructor(origin, wall, speed) {
    super();
    Object.assign(this, { origin, wall, speed });
  }
  now() {
    return new Date(this.origin + (Date.now() - this.wall) * this.speed);
  }
}

createInterface({ input: process.stdin }).once('line', async (line) => {
  const { databaseUrl, origin, wall, speed, env } = JSON.parse(line);
  const environment = readEnvironment({ ...env, HUIYING_DATABASE_URL: databaseUrl, HUIYING_LOG_LEVEL: 'error' });
  for (;;) {
    try {
      const platform = await startPlatform({
        environment,
        clock: new FastClock(origin, wall, speed),
        databaseUrl,
        name: 'drill',
        schemas: ['workflow'],
      });
      const app = await createService(platform, [ResponseWorkflowModule.with({})]);
      await app.startAllMicroservices();
      await app.listen(0, '127.0.0.1');
      console.log(await app.getUrl());
      return;
    } catch {
      // The database is being killed just now.
      await new Promise((done) => setTimeout(done, 200));
    }
  }
});
console.log('loaded');
