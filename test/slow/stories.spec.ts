import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeWith, measuredData } from '../support/measured-data.js';

const ROOT = resolve(__dirname, '../..');
const DATA = measuredData('messages/stories.jsonl');
const LEAST = { precision: 0.9, f1: 0.75 };

interface Labelled {
  id: string | number;
  story?: string;
}

jest.setTimeout(180_000);

describeWith(DATA, 'stories of 4,326 real messages')('npm run stories', () => {
  it('finds the known stories again, from the file alone, one line for each line', () => {
    const given = linesOf<Labelled>(readFileSync(DATA!, 'utf8'));
    const command = resolve(ROOT, 'apps/classifier/src/stories/stories.command.ts');
    const out = execFileSync(process.execPath, ['-r', resolve(ROOT, 'test/support/typescript.cjs'), command, DATA!], { encoding: 'utf8' });
    const found = linesOf<{ id: string | number; story: string }>(out);
    expect(found.map((one) => one.id)).toEqual(given.map((one) => one.id));
    const score = bCubed(given.flatMap(({ story }, i) => (story ? [[story, found[i]!.story] as const] : [])));
    process.stderr.write(`  stories: B³ ${JSON.stringify(score)}, ${new Set(found.map((one) => one.story)).size} stories\n`);
    expect(score.precision).toBeGreaterThanOrEqual(LEAST.precision);
    expect(score.f1).toBeGreaterThanOrEqual(LEAST.f1);
  });
});

function linesOf<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** B³ over pairs of [label, found]. */
function bCubed(pairs: readonly (readonly [string, string])[]) {
  const count = (key: (pair: readonly [string, string]) => string) => {
    const counts = new Map<string, number>();
    for (const pair of pairs) counts.set(key(pair), (counts.get(key(pair)) ?? 0) + 1);
    return (pair: readonly [string, string]) => counts.get(key(pair))!;
  };
  const [label, found, both] = [count(([a]) => a), count(([, b]) => b), count((pair) => pair.join('\n'))];
  const mean = (value: (pair: readonly [string, string]) => number) => pairs.reduce((sum, pair) => sum + value(pair), 0) / pairs.length;
  const precision = mean((pair) => both(pair) / found(pair));
  const recall = mean((pair) => both(pair) / label(pair));
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}
