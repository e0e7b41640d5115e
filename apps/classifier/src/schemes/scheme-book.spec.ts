import type { SchemeChangedV1 } from '@huiying/contracts';
import { stableId } from '@huiying/domain';
import { Store } from '@huiying/persistence';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { opinionOf } from '../judging/opinion.sample.js';
import { matchSchemes, SchemeBook } from './scheme-book.js';

const AT = '2026-11-20T03:00:00.000Z';

function changed(name: string, revision: number, given: Partial<SchemeChangedV1['data']> = {}): SchemeChangedV1 {
  const schemeId = stableId('scheme', name);
  const data = { schemeId, revision, name, text: '停水', effect: 'mark' as const, state: 'active' as const, changedBy: '卢文静', changedAt: AT, ...given }; // prettier-ignore
  return { id: stableId('scheme.changed', schemeId, revision), type: 'scheme.changed', version: 1, occurredAt: AT, causedBy: null, data };
}

describe('SchemeBook', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await freshDatabase();
  });
  afterEach(() => db.drop());

  const open = () => new SchemeBook(new Store(db.database, 'classifier'));
  const hits = async (book: SchemeBook, text: string) =>
    matchSchemes(opinionOf({ title: '求助', text }), await book.current()).map((s) => `${s.name}@${s.revision}`);

  it('matches with the newest revision, also in a process that did not read of it', async () => {
    const [reader, other] = [open(), open()];
    expect(await hits(other, '小区停水')).toEqual([]);
    await reader.take([changed('供水', 1)]);
    expect(await hits(other, '小区停水')).toEqual(['供水@1']);
    await reader.take([changed('供水', 3, { text: '断水' }), changed('供水', 2)]);
    expect(await hits(other, '小区停水')).toEqual([]);
    expect(await hits(other, '小区断水')).toEqual(['供水@3']);
  });

  it('leaves out what is paused, deleted, or can no longer be read', async () => {
    const book = open();
    await book.take([changed('a', 1), changed('b', 1, { state: 'paused' }), changed('c', 1, { text: '/(/' }), changed('d', 1)]);
    await book.take([changed('d', 2, { state: 'deleted' })]);
    expect(await hits(book, '停水')).toEqual(['a@1']);
  });

  it('shows the words as they stand in the text', async () => {
    const book = open();
    await book.take([changed('供水', 1, { text: '[水质]\n+停水\n/发.{0,2}黄/' })]);
    const text = '小區停水，水發黃';
    const [hit] = matchSchemes(opinionOf({ title: '', text }), await book.current());
    expect(hit!.reasons[0]!.text).toBe('命中方案“供水”的“水质”组：“停水”“/发.{0,2}黄/”');
    for (const { start, end, term } of hit!.reasons[0]!.matches) expect(text.slice(start, end)).toBe(term);
    expect(hit!.reasons[0]!.matches).toHaveLength(2);
  });
});
