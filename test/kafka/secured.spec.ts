import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LogRecord } from '@huiying/messaging';
import { KafkaLog } from '@huiying/messaging/kafka';
import { SystemClock, type KafkaSecurity } from '@huiying/settings';
import {
  didNotRun,
  freePort,
  isOurBroker,
  kafkaAvailability,
  NOT_OURS,
  startKafkaBroker,
  type KafkaBroker,
} from '../support/kafka-broker.js';
import { javaCommand } from '../support/kafka-jars.js';

const kafka = kafkaAvailability();
if (!kafka.available) console.warn(didNotRun('TLS and SASL to Kafka', kafka.reason));
if (!isOurBroker()) console.warn(didNotRun('TLS and SASL to Kafka', NOT_OURS));

const USER = 'huiying';
const PASSWORD = 'a-password-of-the-spec';
const TOPIC = 'opinion.collected';
const QUIET = { log: () => undefined, warn: () => undefined, error: () => undefined };

(kafka.available && isOurBroker() ? describe : describe.skip)('a broker that asks for TLS and a password', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-secured-'));
  const caFile = join(folder, 'authority.pem');
  let broker: KafkaBroker;
  let brokers: string[];

  beforeAll(async () => {
    const store = join(folder, 'broker.p12');
    makeCertificate(store, caFile);
    const port = await freePort();
    brokers = [`127.0.0.1:${port}`];
    broker = await startKafkaBroker({
      listeners: [{ name: 'SECURE', port, protocol: 'SASL_SSL' }],
      properties: [
        'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
        `listener.name.secure.ssl.keystore.location=${store}`,
        'listener.name.secure.ssl.keystore.type=PKCS12',
        `listener.name.secure.ssl.keystore.password=${PASSWORD}`,
        `listener.name.secure.plain.sasl.jaas.config=${jaas('plain.PlainLoginModule', `user_${USER}="${PASSWORD}"`)}`,
        `listener.name.secure.scram-sha-256.sasl.jaas.config=${jaas('scram.ScramLoginModule')}`,
        `listener.name.secure.scram-sha-512.sasl.jaas.config=${jaas('scram.ScramLoginModule')}`,
      ],
      format: ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((kind) => ['--add-scram', `${kind}=[name=${USER},password=${PASSWORD}]`]),
    });
  });
  afterAll(async () => {
    await broker?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const connect = (security: KafkaSecurity, prefix = ''): Promise<KafkaLog> =>
    KafkaLog.connect({ brokers, security, prefix, clock: new SystemClock(), voice: QUIET });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('carries a record with %s', async (mechanism) => {
    const log = await connect({ tls: { caFile }, sasl: { mechanism, username: USER, password: PASSWORD } }, `${mechanism}.`);
    try {
      await log.ensureTopics({ [TOPIC]: 1 });
      const came = new Promise<LogRecord>((resolve) => {
        void log.read({ reader: 'spec', topics: [TOPIC], batchSize: 1, parallel: 1, handle: async ([record]) => resolve(record!) });
      });
      await log.publish([{ topic: TOPIC, key: 'a', value: '"said"' }]);
      expect((await came).value).toBe('"said"');
    } finally {
      await log.close();
    }
  });

  it.each<[string, KafkaSecurity]>([
    ['a wrong password', { tls: { caFile }, sasl: { mechanism: 'scram-sha-512', username: USER, password: 'wrong' } }],
    ['an authority that did not sign', { tls: { caFile: null }, sasl: { mechanism: 'plain', username: USER, password: PASSWORD } }],
    ['nobody saying who', { tls: { caFile }, sasl: null }],
  ])('refuses %s in one sentence that holds no password', async (_, security) => {
    const said = await connect(security).then(
      () => 'connected',
      (error: Error) => error.message,
    );
    expect(said).toMatch(/^Kafka at 127\.0\.0\.1:\d+ cannot be reached: /);
    expect(said).not.toContain(PASSWORD);
  });
});

function jaas(module: string, options = ''): string {
  return `org.apache.kafka.common.security.${module} required ${options};`;
}

/** A certificate for 127.0.0.1 that is its own authority, by the JDK that runs the broker. */
function makeCertificate(store: string, pem: string): void {
  const keytool = join(dirname(javaCommand()), 'keytool');
  const common = ['-keystore', store, '-storepass', PASSWORD, '-alias', 'broker'];
  const names = ['-dname', 'CN=127.0.0.1', '-ext', 'SAN=IP:127.0.0.1', '-ext', 'BC=ca:true'];
  const key = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-storetype', 'PKCS12', '-validity', '2'];
  execFileSync(keytool, ['-genkeypair', ...common, ...names, ...key], { stdio: 'pipe' });
  writeFileSync(pem, execFileSync(keytool, ['-exportcert', '-rfc', ...common], { stdio: 'pipe' }));
}
