import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const folders = (inside: string) =>
  readdirSync(join(ROOT, inside), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${inside}/${entry.name}`);
const documents = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? markdownIn(path) : path.endsWith('.md') ? [path] : [];
  });
}

describe('docs/architecture.md', () => {
  const rooms = [...read('docs/architecture.md').matchAll(/^\| `([a-z/-]+)` \|/gm)].map((match) => match[1]!);

  it('names only folders that exist', () => {
    expect(rooms.length).toBeGreaterThan(10);
    expect(rooms.filter((room) => !existsSync(join(ROOT, room)))).toEqual([]);
  });

  it('names every app and every library', () => {
    expect([...folders('apps'), ...folders('libs')].filter((room) => !rooms.includes(room))).toEqual([]);
  });
});

describe('docs/decisions', () => {
  it('gives each record a number of its own, which its title repeats', () => {
    const records = documents.filter((file) => /^docs\/decisions\/\d/.test(file));
    const numbers = records.map((file) => /\/(\d{4})-/.exec(file)?.[1]);
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.filter((number, at) => numbers.indexOf(number) < at)).toEqual([]);
    expect(records.filter((file, at) => !read(file).startsWith(`# ${numbers[at]} `))).toEqual([]);
  });
});

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('links only to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), decodeURI(link))))).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run (?:--silent )?([a-z][a-z0-9:-]*)/g)].map((match) => match[1]!);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});
