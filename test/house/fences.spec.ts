import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const CLI = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Cruise {
  summary: { violations: { rule: { name: string }; from: string }[]; totalCruised: number };
}

function cruise(folder: string): Cruise {
  const done = spawnSync(process.execPath, [CLI, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 << 20,
  });
  if (!done.stdout.startsWith('{')) throw new Error(done.stderr);
  return JSON.parse(done.stdout) as Cruise;
}

/** For each rule, a file that breaks it and nothing but it. */
const TRESPASSES: Record<string, Record<string, string>> = {
  'floor-contracts': { 'libs/contracts/src/a.ts': `import '../../domain/src/x.js';` },
  'floor-domain': { 'libs/domain/src/a.ts': `import '../../text/src/x.js';` },
  'floor-text': { 'libs/text/src/a.ts': `import '../../settings/src/x.js';` },
  'floor-fetching': { 'libs/fetching/src/a.ts': `import '../../persistence/src/x.js';` },
  'floor-tables': { 'libs/tables/src/a.ts': `import '../../settings/src/x.js';` },
  'floor-settings': { 'libs/settings/src/a.ts': `import '../../persistence/src/x.js';` },
  'floor-persistence': { 'libs/persistence/src/a.ts': `import '../../messaging/src/x.js';` },
  'floor-messaging': { 'libs/messaging/src/a.ts': `import '../../platform/src/x.js';` },
  'floor-platform': { 'libs/platform/src/a.ts': `import '../../../apps/collector/src/x.js';` },
  'domain-knows-no-package': { 'libs/domain/src/b.ts': `import 'zod';` },
  'contracts-know-only-zod': { 'libs/contracts/src/b.ts': `import 'typeorm';` },
  'sql-lives-in-persistence': { 'libs/messaging/src/b.ts': `import 'pg';`, 'apps/collector/src/b.ts': `import 'typeorm';` },
  'kafkajs-lives-in-its-adapter': { 'libs/messaging/src/c.ts': `import 'kafkajs';` },
  'app-collector-stands-alone': { 'apps/collector/src/a.ts': `import '../../classifier/src/x.js';` },
  'app-classifier-stands-alone': { 'apps/classifier/src/a.ts': `import '../../collector/src/x.js';` },
  'app-response-workflow-stands-alone': { 'apps/response-workflow/src/a.ts': `import '../../collector/src/x.js';` },
  'standalone-enters-by-the-module': { 'apps/standalone/src/a.ts': `import '../../console/src/x.js';` },
  'console-speaks-http-only': { 'apps/console/src/a.ts': `import '../../../libs/domain/src/x.js';` },
  'rooms-of-collector-enter-by-the-door': {
    'apps/collector/src/feeds/a.ts': `import '../hotline/inner.js';`,
    'apps/collector/src/hotline/inner.ts': 'export {};',
  },
  'rooms-of-classifier-enter-by-the-door': {
    'apps/classifier/src/judging/a.ts': `import '../stories/inner.js';`,
    'apps/classifier/src/stories/inner.ts': 'export {};',
  },
  'rooms-of-response-workflow-enter-by-the-door': {
    'apps/response-workflow/src/cases/a.ts': `import '../tasks/inner.js';`,
    'apps/response-workflow/src/tasks/inner.ts': 'export {};',
  },
  'no-circles': { 'libs/text/src/p.ts': `import './q.js';`, 'libs/text/src/q.ts': `import './p.js';` },
};
const LIBS = ['contracts', 'domain', 'text', 'fetching', 'tables', 'settings', 'persistence', 'messaging', 'platform'];
const APPS = ['collector', 'classifier', 'response-workflow', 'console', 'standalone'];

describe('the fences between the floors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-fences-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  let broken: Map<string, string[]>;

  beforeAll(() => {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json']) copyFileSync(join(ROOT, file), join(folder, file));
    write('package.json', JSON.stringify({ name: 'trespasses', dependencies: { zod: '1', typeorm: '1', pg: '1', kafkajs: '1' } }));
    for (const name of ['zod', 'typeorm', 'pg', 'kafkajs']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    for (const lib of LIBS) write(`libs/${lib}/src/x.ts`, 'export {};');
    for (const app of APPS) write(`apps/${app}/src/x.ts`, 'export {};');
    for (const files of Object.values(TRESPASSES)) for (const [path, text] of Object.entries(files)) write(path, text);
    broken = new Map();
    for (const { rule, from } of cruise(folder).summary.violations) broken.set(rule.name, [...(broken.get(rule.name) ?? []), from]);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.keys(TRESPASSES))('%s goes red on a trespass', (rule) => {
    const culprits = Object.entries(TRESPASSES[rule]!).filter(([, text]) => text.startsWith('import'));
    expect(broken.get(rule)).toEqual(expect.arrayContaining([culprits[0]![0]]));
  });

  it('has a trespass for every rule', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
    expect(forbidden.map((rule) => rule.name).sort()).toEqual(Object.keys(TRESPASSES).sort());
  });

  it('are kept by the tree as it stands', () => {
    const { violations, totalCruised } = cruise(ROOT).summary;
    expect(violations.map((v) => `${v.rule.name}: ${v.from}`)).toEqual([]);
    expect(totalCruised).toBeGreaterThan(100);
  }, 180_000);
});
