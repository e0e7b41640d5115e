/** What the services of scripts/start-kafka.cjs stand on: a broker, a database, and the key that all of them seal with. */
const { createServer } = require('node:net');
const { join, resolve } = require('node:path');

const dist = (...path) => resolve('dist', ...path);

/** KAFKA_BROKERS, or Apache Kafka by Java and Maven with its data in the folder. */
async function broker(folder, say) {
  if (process.env.KAFKA_BROKERS) return { brokers: process.env.KAFKA_BROKERS, stop: () => Promise.resolve() };
  say('starting Apache Kafka (the first time Maven fetches it) …');
  require('../../test/support/typescript.cjs');
  const { startKafkaBroker } = require('../../test/support/kafka-broker.ts');
  const kafka = await startKafkaBroker({ dataFolder: join(folder, 'kafka') });
  say(`Kafka answers at ${kafka.brokers}`);
  return kafka;
}

/** HUIYING_DATABASE_URL, or the embedded PostgreSQL with its data in the folder. */
async function database(folder, say) {
  if (process.env.HUIYING_DATABASE_URL) return { url: process.env.HUIYING_DATABASE_URL, stop: () => Promise.resolve() };
  const { startEmbeddedPostgres } = require(dist('libs/persistence/src/embedded/embedded-postgres.js'));
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  say(postgres.tookOver ? 'PostgreSQL answers (one left over from a killed copy was ended)' : 'PostgreSQL answers');
  return postgres;
}

/** HUIYING_SECRET_KEY, or the one kept in the folder: the same for all processes and at every start. */
function secretKey(folder) {
  const { secretKey: keyOf } = require(dist('libs/platform/src/gate/secret-key.js'));
  return keyOf({ secretKey: process.env.HUIYING_SECRET_KEY || null, dataFolder: folder }).toString('hex');
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

module.exports = { broker, database, dist, freePort, secretKey };
