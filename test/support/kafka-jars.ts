import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const KAFKA_FOLDER = resolve(__dirname, '../kafka');
/** Kafka 4 brokers do not start on anything older. */
const JAVA_AT_LEAST = 17;
const MAVEN_LIMIT_MS = 300_000;

export type KafkaAvailability = { available: true; how: string } | { available: false; reason: string };

/**
 * Whether a Kafka can be had here, and if not why not. Synchronous, so that a spec can choose between describe and describe.skip.
 * KAFKA_BROKERS names one that runs already; otherwise Java and Maven are needed (Maven only until the jars are there).
 * @throws Error when REQUIRE_KAFKA=1 and none can be had
 */
export function kafkaAvailability(): KafkaAvailability {
  const answer = look();
  if (!answer.available && process.env['REQUIRE_KAFKA'] === '1') {
    throw new Error(`REQUIRE_KAFKA=1, but no Kafka can be had: ${answer.reason}`);
  }
  return answer;
}

/** A broker that was started elsewhere can be neither stopped, killed nor restarted. */
export const NOT_OURS = 'the broker of KAFKA_BROKERS was not started here';

export function isOurBroker(): boolean {
  return !process.env['KAFKA_BROKERS'];
}

/** The sentence for a suite that could not run; shouted, because a silent skip reads as a pass. */
export function didNotRun(suite: string, reason: string): string {
  const remedy = isOurBroker() ? `Set KAFKA_BROKERS, or install Java ${JAVA_AT_LEAST}+ and Maven` : 'Unset KAFKA_BROKERS';
  return `\n*** ${suite} DID NOT RUN: ${reason}. ${remedy}. ***\n`;
}

export function javaCommand(): string {
  const home = process.env['JAVA_HOME'];
  return home ? join(home, 'bin', 'java') : 'java';
}

/**
 * The folder of the broker's jars. Named by the hash of pom.xml, so a new version is fetched and an old one is never mixed in; renamed
 * into place when whole, so that two runs at once cannot see half of it. Needs no network once it is there.
 */
export function kafkaJars(): string {
  const pom = join(KAFKA_FOLDER, 'pom.xml');
  const hash = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const folder = join(KAFKA_FOLDER, 'target', `jars-${hash}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    execFileSync('mvn', ['-q', '-B', '-f', pom, `-Djars=${partial}`, 'package'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MAVEN_LIMIT_MS,
    });
    renameSync(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // another run was quicker
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}

function look(): KafkaAvailability {
  const brokers = process.env['KAFKA_BROKERS'];
  if (brokers) return { available: true, how: `KAFKA_BROKERS=${brokers}` };
  const java = javaMajor();
  if (java === null) return { available: false, reason: 'there is no java command' };
  if (java < JAVA_AT_LEAST) return { available: false, reason: `java is version ${java}, Kafka 4 needs ${JAVA_AT_LEAST}` };
  try {
    return { available: true, how: `Apache Kafka from ${kafkaJars()}` };
  } catch (error) {
    return { available: false, reason: mavenReason(error) };
  }
}

function javaMajor(): number | null {
  const answer = spawnSync(javaCommand(), ['-version'], { encoding: 'utf8' });
  if (answer.error || answer.status !== 0) return null;
  return Number(/version "(\d+)/.exec(answer.stderr)?.[1] ?? 0);
}

function mavenReason(error: unknown): string {
  if (!(error instanceof Error)) return 'Maven failed';
  if ('code' in error && error.code === 'ENOENT') return 'there is no mvn command';
  const printed = 'stdout' in error ? stripVTControlCharacters(String(error.stdout)) : '';
  const line = printed.split('\n').find((l) => l.includes('ERROR')) ?? error.message;
  return `Maven could not resolve Kafka: ${line.trim().slice(0, 300)}`;
}
