import { ENVIRONMENT_DEFAULTS } from '@huiying/settings';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const variablesIn = (text: string) => new Set(text.match(/\bHUIYING_[A-Z_]+\b/g));

/** Variables that docker compose fills in before a program sees them. */
const OF_COMPOSE = [...variablesIn(read('docker-compose.yml'))].filter((name) => !(name in ENVIRONMENT_DEFAULTS));

describe('docs/how-to/operate.md', () => {
  /** `NAME` = `default` where there is a default, `NAME` alone where there is none. */
  const stated = [...read('docs/how-to/operate.md').matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`((?:HUIYING|KAFKA)_[A-Z_]+)`(?: = `([^`]+)`)?/g)].map(([, name, value]) => [name!, value ?? null] as const),
  );

  it('states every variable that the programs read, with its default, and no other', () => {
    expect(Object.fromEntries(stated)).toEqual(ENVIRONMENT_DEFAULTS);
  });

  it('states each once', () => expect(stated).toHaveLength(Object.keys(ENVIRONMENT_DEFAULTS).length));

  it('speaks of no variable that does not exist', () => {
    const unknown = [...variablesIn(read('docs/how-to/operate.md'))].filter((name) => !(name in ENVIRONMENT_DEFAULTS));
    expect(unknown).toEqual([]);
  });
});

describe.each(['docs/how-to', 'docs/manual', 'docs', '.'].flatMap(markdownIn))('%s', (file) => {
  it('names only variables that somebody reads', () => {
    const unknown = [...variablesIn(read(file))].filter((name) => !(name in ENVIRONMENT_DEFAULTS) && !OF_COMPOSE.includes(name));
    expect(unknown).toEqual([]);
  });
});

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}
