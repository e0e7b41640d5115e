import { readEnvironment } from '@huiying/settings';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment: Record<string, string | number>;
  volumes?: string[];
  stop_grace_period?: string;
  healthcheck?: { test: string[] };
  deploy?: { replicas?: number; resources?: { limits?: { cpus?: string; memory?: string } } };
  depends_on?: Record<string, { condition: string }>;
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const OURS = ['collector', 'classifier', 'response-workflow'];

/** No engine is needed for what follows: it is what an engine would trip over. */
describe('docker-compose.yml', () => {
  it('runs the Kafka that the tests run', () => {
    const tested = /<kafka.version>([^<]+)</.exec(read('test/kafka/pom.xml'))![1];
    expect(compose.services.kafka!.image).toBe(`apache/kafka:${tested}`);
  });

  it('has the topology of npm run start:kafka, the classifier twice', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['classifier', 'collector', 'kafka', 'postgres', 'response-workflow']);
    expect(compose.services.classifier!.deploy!.replicas).toBe(2);
  });

  it.each(Object.keys(compose.services))('%s has limits of memory and processor', (name) => {
    const { limits } = compose.services[name]!.deploy!.resources!;
    expect(limits).toEqual({ cpus: expect.stringMatching(/^\d/), memory: expect.stringMatching(/^\d+[MG]$/) });
  });

  it.each(['postgres', 'kafka'])('%s tells its health, and the services wait for it', (name) => {
    expect(compose.services[name]!.healthcheck!.test.length).toBeGreaterThan(1);
    for (const ours of OURS) expect(compose.services[ours]!.depends_on![name]).toEqual({ condition: 'service_healthy' });
  });

  it('lets the service that tells others end what it is telling', () => {
    expect(compose.services['response-workflow']!.stop_grace_period).toBe('60s');
  });

  it('declares every named volume it mounts', () => {
    const mounted = Object.values(compose.services).flatMap((s) => (s.volumes ?? []).map((v) => v.split(':')[0]!));
    const named = mounted.filter((volume) => !volume.startsWith('.'));
    expect(new Set(named)).toEqual(new Set(Object.keys(compose.volumes)));
    mounted.filter((v) => v.startsWith('.')).forEach((folder) => expect(existsSync(join(ROOT, folder))).toBe(true));
  });

  it.each(OURS)('%s runs a program of the build with settings that the program takes', (name) => {
    const service = compose.services[name]!;
    const source = service
      .command!.at(-1)!
      .replace(/^dist\//, '')
      .replace(/\.js$/, '.ts');
    expect(existsSync(join(ROOT, source))).toBe(true);
    const given = { HUIYING_POSTGRES_PASSWORD: 'p', HUIYING_SECRET_KEY: 'a'.repeat(64), HUIYING_API_KEYS: 'hotline:0123456789abcdef' };
    const filled = Object.entries(service.environment).map(([key, value]) => [key, substitute(String(value), given)]);
    expect(readEnvironment(Object.fromEntries(filled))).toMatchObject({ log: 'kafka', demo: false, kafkaBrokers: ['kafka:9092'] });
  });
});

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as compose reads them. */
function substitute(value: string, given: Record<string, string>): string {
  return value.replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, kind?: string, rest?: string) => given[name] ?? (kind === '-' ? rest! : ''),
  );
}

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('builds in stages and runs as nobody of consequence', () => {
    expect(lines.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
    const lastStage = lines.slice(lines.map((l) => l.startsWith('FROM ')).lastIndexOf(true));
    expect(lastStage).toContain('USER node');
    expect(lastStage.findIndex((l) => l === 'USER node')).toBeLessThan(lastStage.findIndex((l) => l.startsWith('CMD ')));
  });

  it('copies only what is there', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1))
      .filter((word) => !word.startsWith('--'));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
  });

  it('offers a health check', () => expect(read('Dockerfile')).toContain('HEALTHCHECK'));
});
