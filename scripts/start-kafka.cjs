/**
 * `npm run start:kafka`: the demo city as separate processes on Kafka: collector, classifier twice, response-workflow, and the demo's own
 * web site. The broker is KAFKA_BROKERS, or Apache Kafka by Java and Maven; the database HUIYING_DATABASE_URL, or the embedded one.
 */
require('./node-version.cjs');
require('./usage.cjs')('usage: npm run start:kafka        the settings are variables of the environment: docs/how-to/run-on-kafka.md', []);
const { join, resolve } = require('path');
const { broker, database, dist, freePort, secretKey } = require('./kafka-city/ground.cjs');
const { Programs } = require('./kafka-city/programs.cjs');

process.chdir(join(__dirname, '..'));
const started = process.hrtime.bigint();
const seconds = () => (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1).padStart(5);
const say = (text) => console.log(`  ${seconds()} s  ${text}`);
const undo = [];
const programs = new Programs(say, (sentence) => {
  console.error(sentence);
  void end(1);
});

async function main() {
  require('./build.cjs').build({ ifStale: true, say });
  const environment = settings();
  const { dataFolder: folder, host } = environment;
  const { prepareDataFolder, provePortFree, takeCopyLock } = require(dist('apps/standalone/src/copy/copy-lock.js'));
  prepareDataFolder(folder);
  undo.push(takeCopyLock(folder));
  await provePortFree(host, environment.port);
  const kafka = await broker(folder, say);
  undo.push(() => kafka.stop());
  const postgres = await database(folder, say);
  undo.push(() => postgres.stop());
  const common = {
    ...process.env,
    HUIYING_LOG: 'kafka',
    KAFKA_BROKERS: kafka.brokers,
    HUIYING_DATABASE_URL: postgres.url,
    HUIYING_DATA_DIR: folder,
    HUIYING_SECRET_KEY: secretKey(folder),
  };
  const collectorPort = String(await freePort());
  const city = await startCity(common, `http://127.0.0.1:${collectorPort}`);
  const { console: url, intake } = await startServices(
    { ...common, HUIYING_CONFIG: city.config, HUIYING_FETCH_ALLOW: city.fetchAllow, HUIYING_API_KEYS: city.apiKeys },
    { console: String(environment.port), intake: collectorPort },
  );
  leaveNote(folder, { pid: process.pid, url: intake, databaseUrl: postgres.url, hotlineKey: city.hotlineKey });
  say(`hotline intake: POST ${intake}/api/hotline/records`);
  console.log(
    `\n  回应 on Kafka: ${url}  ready\n\n${city.accounts}\n\n  Ctrl-C ends all of it; the next start goes on where it stopped.\n`,
  );
}

/** Checked before anything is started. The folder is one of our own: another log than that of `npm start`, so another city. */
function settings() {
  const { readEnvironment } = require(dist('libs/settings/src/index.js'));
  const dataFolder = resolve(process.env.HUIYING_DATA_DIR || '.data', 'kafka-city');
  return readEnvironment({ ...process.env, HUIYING_LOG: 'postgres', HUIYING_DATA_DIR: dataFolder });
}

async function startCity(common, intakeUrl) {
  const file = dist('apps/standalone/src/demo-city.main.js');
  const env = { ...common, HUIYING_PORT: '0' };
  return JSON.parse(await programs.start({ name: 'demo-city', file, args: [intakeUrl], env, ready: /^demo city: (\{.*\})$/ }));
}

/** All services at once; resolves with the addresses of the two that people and systems call. */
async function startServices(common, ports) {
  const start = async (name, app, port, role) => {
    const env = { ...common, HUIYING_PORT: port, HUIYING_COLLECTOR_URL: `http://127.0.0.1:${ports.intake}` };
    const url = await programs.start({ name, file: dist(`apps/${app}/src/main.js`), env, ready: / ready at (http:\S+)$/, role });
    say(`${name} is ready (process ${programs.pid(name)})`);
    return url.replace('[::1]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
  };
  const [console, intake] = await Promise.all([
    start('response-workflow', 'response-workflow', ports.console),
    start('collector', 'collector', ports.intake),
    start('classifier-1', 'classifier', '0', 'classifier'),
    start('classifier-2', 'classifier', '0', 'classifier'),
  ]);
  return { console, intake };
}

/** For the commands beside it (npm run trace, why, import:hotline) with HUIYING_DATA_DIR on this folder. */
function leaveNote(dataFolder, copy) {
  const { writeRunningCopy, clearRunningCopy } = require(dist('libs/platform/src/running-copy.js'));
  writeRunningCopy({ dataFolder }, copy);
  undo.push(() => clearRunningCopy({ dataFolder }));
}

let ending = false;
async function end(code) {
  if (ending) return;
  ending = true;
  await programs.stop();
  await settled; // what is just being started must be there to be ended
  // Last started, first ended: what the services stand on after them.
  for (const step of undo.reverse()) await Promise.resolve(step()).catch((error) => console.error(error.message));
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
const settled = main().catch((error) => {
  if (!ending) console.error(error.message);
  void end(1);
});
