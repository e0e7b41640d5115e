import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const rows = [
  ...readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8').matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| `([^`]+)` \|$/gm),
].map(([, name, chinese, meaning, file]) => ({ name: name!, chinese: chinese!, meaning: meaning!, file: file! }));

describe('docs/glossary.md', () => {
  it('has a row for each line of its tables', () => {
    const lines = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8').split('\n');
    expect(rows).toHaveLength(lines.filter((line) => line.startsWith('| `')).length);
    expect(rows.length).toBeGreaterThan(50);
  });

  it.each(rows)('$name stands in $file', ({ name, file }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(new RegExp(`(?<![\\w-])${name}(?![\\w-])`));
  });

  it.each(rows)('$name has its Chinese', ({ chinese }) => expect(chinese).toMatch(/[\u4e00-\u9fff]/));

  it('gives each word once', () => expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length));
});
