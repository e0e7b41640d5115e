import { resolve } from 'node:path';
import { catalogueIds, entryFor, readCatalogue } from './catalogue.js';
import { readTopics } from './topics.js';

const CONFIG = resolve(__dirname, '../../../config');

describe('the built-in catalogue', () => {
  const catalogue = readCatalogue(CONFIG, readTopics(CONFIG).catalogue);
  const topics = readTopics(CONFIG).topics.flatMap((branch) => branch.children);

  it('has codes AA-BB-CC, and an entry for every topic', () => {
    expect(catalogueIds(CONFIG)).toContain('huiying');
    for (const { code } of catalogue.entries) expect(code).toMatch(/^\d{2}-\d{2}-\d{2}$/);
    const mapped = new Set(catalogue.entries.flatMap((e) => e.topics));
    expect(topics.filter(({ code }) => !mapped.has(code))).toEqual([]);
    expect(catalogue.entries.flatMap((e) => e.topics).filter((code) => !topics.some((t) => t.code === code))).toEqual([]);
  });

  it.each([
    ['0106', '棚户区改造什么时候开始', '01-06-02'],
    ['0106', '房子漏水', '01-06-00'],
    ['1404', '这份政策解读看不懂', '14-04-04'],
  ])('files a text of topic %s, %s, under %s', (topic, text, code) => expect(entryFor(catalogue, topic, text)?.code).toBe(code));

  it('says nothing of a topic that it does not map', () => expect(entryFor(catalogue, '9999', '')).toBeNull());
});
