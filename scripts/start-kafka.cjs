/**
 * `npm run start:kafka`: the demo city as separate processes on Kafka: collector, classifier twice, response-workflow, and the demo's own
 * web site. The broker is KAFKA_BROKERS, or Apache Kafka by Java and Maven; the database HUIYING_DATABASE_URL, or the embedded one.
 */
const { spawn } = require('node:child_process');
const { mkdirSync } = require('node:fs');
const { createServer } = require('node:net');
const { join, resolve } = require('node:path');

process.chdir(join(__dirname, '..'));
const started = process.hrtime.bigint();
const seconds = () => (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1).padStart(5);
const say = (text) => console.log(`  ${seconds()} s  ${text}`);
const dist = (...path) => resolve('dist', ...path);
const undo = [];

async function main() {
  require('./build.cjs').build({ ifStale: true, say });
  const folder = resolve(process.env.HUIYING_DATA_DIR || '.data', 'kafka-city');
  mkdirSync(folder, { recursive: true });
  const brokers = await broker(folder);
  const databaseUrl = await database(folder);
  const [workflowPort, collectorPort] = [Number(process.env.HUIYING_PORT || 8620), await freePort()];
  const common = {
    ...process.env,
    KAFKA_BROKERS: brokers,
    HUIYING_LOG: 'kafka',
    HUIYING_DATABASE_URL: databaseUrl,
    HUIYING_DATA_DIR: folder,
  };
  const city = await start(
    'demo-city',
    dist('apps/standalone/src/demo-city.main.js'),
    { ...common, HUIYING_PORT: '0' },
    /demo city: (\{.*\})/,
  );
  const { config, fetchAllow, apiKeys } = JSON.parse(city);
  const env = { ...common, HUIYING_CONFIG: config, HUIYING_FETCH_ALLOW: fetchAllow, HUIYING_API_KEYS: apiKeys };
  const ready = /ready/;
  await Promise.all([
    start('response-workflow', dist('apps/response-workflow/src/main.js'), { ...env, HUIYING_PORT: String(workflowPort) }, ready),
    start('classifier-1', dist('apps/classifier/src/main.js'), { ...env, HUIYING_PORT: '0' }, ready),
    start('classifier-2', dist('apps/classifier/src/main.js'), { ...env, HUIYING_PORT: '0' }, ready),
    start('collector', dist('apps/collector/src/main.js'), { ...env, HUIYING_PORT: String(collectorPort) }, ready),
  ]);
  say(`hotline intake: POST http://127.0.0.1:${collectorPort}/api/hotline/records`);
  console.log(`\n  回应 on Kafka: http://127.0.0.1:${workflowPort}  ready (Ctrl-C ends all of it)\n`);
}

async function broker(folder) {
  if (process.env.KAFKA_BROKERS) return process.env.KAFKA_BROKERS;
  say('starting Apache Kafka (the first time Maven fetches it) …');
  require('../test/support/typescript.cjs');
  const { startKafkaBroker } = require('../test/support/kafka-broker.ts');
  const kafka = await startKafkaBroker({ dataFolder: join(folder, 'kafka') });
  undo.push(() => kafka.stop());
  say(`Kafka answers at ${kafka.brokers}`);
  return kafka.brokers;
}

async function database(folder) {
  if (process.env.HUIYING_DATABASE_URL) return process.env.HUIYING_DATABASE_URL;
  const { startEmbeddedPostgres } = require(dist('libs/persistence/src/embedded/embedded-postgres.js'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  undo.push(() => postgres.stop());
  say('PostgreSQL answers');
  return postgres.url;
}

/** Starts a program and waits for the line that tells it is ready; resolves with what the line names. */
function start(name, file, env, readyLine) {
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  undo.push(
    () =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done();
        child.once('exit', done);
        child.kill('SIGTERM');
      }),
  );
  return new Promise((resolveReady, reject) => {
    let printed = '';
    const hear = (chunk) => {
      printed = (printed + chunk).slice(-20_000);
      for (const line of String(chunk).split('\n')) if (line.trim()) console.log(`  [${name}] ${line}`);
      const match = readyLine.exec(printed);
      if (match) resolveReady(match[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => {
      reject(new Error(`${name} ended with ${code}`));
      if (!ending) void end(1);
    });
  });
}

let ending = false;
async function end(code) {
  if (ending) return;
  ending = true;
  // Last started, first ended: the services before what they stand on.
  for (const step of undo.reverse()) await step().catch((error) => console.error(error.message));
  process.exit(code);
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));
main().catch((error) => {
  console.error(error.message);
  void end(1);
});
