import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { javaCommand, kafkaJars, NOT_OURS } from './kafka-jars.js';

export { didNotRun, isOurBroker, kafkaAvailability, NOT_OURS, type KafkaAvailability } from './kafka-jars.js';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;
const LOG4J = resolve(__dirname, '../kafka/log4j2.xml');

export interface BrokerOptions {
  dataFolder?: string;
  /** Doors beside the plain one, on the loopback. */
  listeners?: readonly { name: string; port: number; protocol: 'SASL_SSL' | 'SSL' | 'SASL_PLAINTEXT' }[];
  /** Lines for server.properties, after ours. */
  properties?: readonly string[];
  /** Arguments for the tool that formats the data folder. */
  format?: readonly string[];
}

/** A broker for tests. One that was not started here (KAFKA_BROKERS) can be neither stopped, killed nor restarted. */
export interface KafkaBroker {
  /** host:port,host:port */
  readonly brokers: string;
  /** null where it was not started here. */
  readonly pid: number | null;
  /** Ends it in good order and removes the data, unless a folder was given. */
  stop(): Promise<void>;
  /** kill -9; the data stays. */
  kill(): Promise<void>;
  /** Ends it in good order if it still runs, and starts it again on the same port with the same data; `between` runs while it is away. */
  restart(between?: () => Promise<void>): Promise<void>;
}

/** Starts one KRaft node on free ports of the loopback, or takes KAFKA_BROKERS. Resolves when it answers. */
export async function startKafkaBroker(options: BrokerOptions = {}): Promise<KafkaBroker> {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return brokerElsewhere(given);
  const folder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'huiying-kafka-'));
  const broker = new LocalBroker(folder, await freePort(), await freePort(), options);
  await broker.start();
  return broker;
}

function brokerElsewhere(brokers: string): KafkaBroker {
  const unsupported = (what: string) => () => Promise.reject(new Error(`${what} is unsupported: ${NOT_OURS}`));
  return {
    brokers,
    pid: null,
    stop: () => Promise.resolve(),
    kill: unsupported('kill'),
    restart: unsupported('restart'),
  };
}

class LocalBroker implements KafkaBroker {
  readonly brokers: string;
  private java: ChildProcess | null = null;
  private watcher: ChildProcess | null = null;
  private readonly lastWord = () => this.java?.kill('SIGKILL');

  constructor(
    private readonly folder: string,
    port: number,
    controllerPort: number,
    private readonly options: BrokerOptions,
  ) {
    this.brokers = `127.0.0.1:${port}`;
    mkdirSync(folder, { recursive: true });
    const properties = [serverProperties(folder, port, controllerPort, options.listeners ?? []), ...(options.properties ?? []), ''].join(
      '\n',
    );
    writeFileSync(join(folder, 'server.properties'), properties);
  }

  get pid(): number | null {
    return this.java?.pid ?? null;
  }

  async start(): Promise<void> {
    const classPath = join(kafkaJars(), '*');
    const properties = join(this.folder, 'server.properties');
    if (!existsSync(join(this.folder, 'data', 'meta.properties'))) {
      const format = ['format', '-t', clusterId(), '-c', properties, ...(this.options.format ?? [])];
      execFileSync(javaCommand(), ['-cp', classPath, 'kafka.tools.StorageTool', ...format], { stdio: 'pipe' });
    }
    const log = openSync(this.logFile(), 'a');
    this.java = spawn(
      javaCommand(),
      ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', `-Dlog4j2.configurationFile=${LOG4J}`, '-cp', classPath, 'kafka.Kafka', properties],
      { stdio: ['ignore', log, log], detached: true },
    );
    closeSync(log);
    this.watcher = dieWithUs(this.java);
    process.once('exit', this.lastWord);
    await this.untilItAnswers();
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    if (this.options.dataFolder === undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async restart(between?: () => Promise<void>): Promise<void> {
    await this.end('SIGTERM');
    await between?.();
    await this.start();
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const java = this.java;
    this.java = null;
    process.removeListener('exit', this.lastWord);
    if (java && java.exitCode === null && java.signalCode === null) {
      const gone = once(java, 'exit');
      java.kill(signal);
      const late = setTimeout(() => java.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(late);
    }
    this.watcher?.kill('SIGKILL');
    this.watcher = null;
  }

  private async untilItAnswers(): Promise<void> {
    const giveUpAt = performance.now() + READY_WITHIN_MS;
    while (!(await answers(this.brokers))) {
      if (this.java?.exitCode !== null || performance.now() > giveUpAt) {
        const log = readFileSync(this.logFile(), 'utf8').slice(-3000);
        await this.end('SIGKILL');
        throw new Error(`Kafka did not start; the end of its log:\n${log}`);
      }
      await pause(150);
    }
  }

  private logFile(): string {
    return join(this.folder, 'kafka.log');
  }
}

function serverProperties(folder: string, port: number, controllerPort: number, others: NonNullable<BrokerOptions['listeners']>): string {
  const doors = [`PLAINTEXT://127.0.0.1:${port}`, ...others.map((door) => `${door.name}://127.0.0.1:${door.port}`)].join();
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=${doors},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=${doors}`,
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=PLAINTEXT',
    `listener.security.protocol.map=${['PLAINTEXT:PLAINTEXT', 'CONTROLLER:PLAINTEXT', ...others.map((door) => `${door.name}:${door.protocol}`)].join()}`,
    `log.dirs=${join(folder, 'data')}`,
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    // Specs live at other times than the broker: it must not take their records for old.
    'log.retention.ms=-1',
    // A topic comes into being with the partitions the contracts give it, or not at all.
    'auto.create.topics.enable=false',
    // One node: there is nobody to wait for.
    'group.initial.rebalance.delay.ms=0',
    // After kill -9 the node may come back when its old registration has run out (9 s by default).
    'broker.session.timeout.ms=2000',
    'broker.heartbeat.interval.ms=500',
    '',
  ].join('\n');
}

/** 16 bytes in URL-safe base 64, as StorageTool random-uuid makes them; a leading dash would be read as an option. */
function clusterId(): string {
  return `H${randomBytes(16).toString('base64url').slice(1)}`;
}

/** The broker must not outlive a test run that was itself killed: the pipe breaks when we are gone, whatever the way. */
function dieWithUs(child: ChildProcess): ChildProcess {
  const watcher = spawn('sh', ['-c', `cat >/dev/null; kill -9 ${child.pid}`], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.unref();
  (watcher.stdin as Socket).unref();
  return watcher;
}

async function answers(brokers: string): Promise<boolean> {
  const kafka = new Kafka({
    brokers: brokers.split(','),
    clientId: 'huiying-probe',
    connectionTimeout: 2000,
    requestTimeout: 2000,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false; // not yet: the caller's deadline decides
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
