import { hotlineFile, type HotlinePull } from '@huiying/settings';
import { afterPage, NOTHING_YET, opened, requestFor, type PullState } from './pull-plan.js';

const setting = (more: object = {}, answer: object = {}): HotlinePull =>
  hotlineFile.parse({
    pulls: [
      {
        id: 'api',
        name: '接口',
        url: 'https://hotline.example/orders?v=1',
        startAt: '2026-11-01T00:00:00+08:00',
        query: { from: '{from}', to: '{to}', page: '{page}', size: '{size}', cursor: '{cursor}' },
        headers: { 'X-Key': 'k-{secret}' },
        answer: { items: 'data', ...answer },
        ...more,
      },
    ],
  }).pulls[0]!;
const NOW = new Date('2026-11-02T09:00:00+08:00');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const state = (more: Partial<PullState> = {}): PullState => ({ cursor: null, through: hoursAgo(1), windowTo: NOW, page: 1, ...more });

describe('opened', () => {
  it.each<[string, Partial<PullState>, object, Partial<PullState>]>([
    [
      'the first window begins where the setting says',
      { through: null, windowTo: null },
      {},
      { through: new Date('2026-10-31T16:00:00Z'), windowTo: new Date('2026-11-01T16:00:00Z') },
    ],
    ['up to now', { windowTo: null, page: 7 }, {}, { through: hoursAgo(1), windowTo: NOW, page: 1 }],
    ['no longer than the longest', { through: hoursAgo(50), windowTo: null }, { windowHours: 2 }, { windowTo: hoursAgo(48) }],
    ['one that is open stays as it is, whatever the time', { windowTo: hoursAgo(0.5), page: 3 }, {}, { windowTo: hoursAgo(0.5), page: 3 }],
  ])('%s', (_, before, more, after) => expect(opened(setting(more), state(before), NOW)).toMatchObject(after));
});

describe('requestFor', () => {
  it('fills the window with its overlap, paging and secret, and leaves an empty cursor out', () => {
    const { url, headers, body } = requestFor(setting(), state({ page: 3 }), 's3cret');
    const asked = new URL(url);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      v: '1',
      from: '2026-11-02 07:50:00',
      to: '2026-11-02 09:00:00',
      page: '3',
      size: '200',
    });
    expect([headers, body]).toEqual([{ 'x-key': 'k-s3cret' }, null]);
  });
  it.each([
    ['iso', '2026-11-02T01:00:00.000Z'],
    ['seconds', '1793581200'],
    ['milliseconds', '1793581200000'],
  ])('writes times as %s', (timeFormat, to) =>
    expect(new URL(requestFor(setting({ timeFormat }), state(), '').url).searchParams.get('to')).toBe(to),
  );
  it('keeps numbers numbers in a body', () => {
    const { body, headers } = requestFor(
      setting({ method: 'POST', body: { p: { page: '{page}', at: '{offset}' }, t: '{from}' } }),
      state({ page: 2 }),
      '',
    );
    expect([JSON.parse(body!), headers['content-type']]).toEqual([
      { p: { page: 2, at: 200 }, t: '2026-11-02 07:50:00' },
      'application/json',
    ]);
  });
});

describe('afterPage', () => {
  const items = (n: number) => Array.from({ length: n }, (_, i) => i);
  it.each<[string, object, Partial<PullState>, { items: unknown[]; cursor?: string; more?: boolean }, Partial<PullState>, boolean]>([
    ['a full page has another after it', { pageSize: 2 }, {}, { items: items(2) }, { page: 2, windowTo: NOW }, true],
    [
      'one that is not full ends the window',
      { pageSize: 2 },
      { page: 2 },
      { items: items(1) },
      { page: 1, through: NOW, windowTo: null },
      false,
    ],
    ['the hotline says that there is more', { pageSize: 9 }, {}, { items: items(1), more: true }, { page: 2 }, true],
    ['the hotline says that there is none', { pageSize: 1 }, {}, { items: items(1), more: false }, { windowTo: null }, false],
    ['more of nothing is nothing', {}, {}, { items: [], more: true }, { windowTo: null, through: NOW }, false],
    [
      'after a window that was cut comes the next at once',
      { windowHours: 2 },
      { through: hoursAgo(5), windowTo: hoursAgo(3) },
      { items: [] },
      { through: hoursAgo(3) },
      true,
    ],
    [
      'one that was not is the last, whatever the time is by now',
      {},
      { windowTo: hoursAgo(0.5) },
      { items: [] },
      { windowTo: null },
      false,
    ],
  ])('%s', (_, more, before, page, after, goesOn) => {
    const next = afterPage(setting(more), state(before), { cursor: null, more: null, ...page });
    expect(next.state).toMatchObject(after);
    expect(next.goesOn).toBe(goesOn);
  });

  const byCursor = setting({ pageSize: 2 }, { cursor: 'next' });
  it.each<[string, string | null, { items: unknown[]; cursor: string | null; more?: boolean }, string | null, boolean]>([
    ['moves on with the cursor', 'a', { items: items(2), cursor: 'b' }, 'b', true],
    ['keeps the last cursor at the end', 'b', { items: items(1), cursor: 'c' }, 'c', false],
    ['keeps its own where none is given at the end', 'b', { items: [], cursor: null }, 'b', false],
    ['keeps its own where the same comes back at the end', 'b', { items: [], cursor: 'b' }, 'b', false],
  ])('%s', (_, before, page, cursor, goesOn) => {
    const next = afterPage(byCursor, state({ cursor: before }), { more: null, ...page });
    expect([next.state.cursor, next.goesOn]).toEqual([cursor, goesOn]);
  });
  it('refuses to go round in a circle', () =>
    expect(() => afterPage(byCursor, state({ cursor: 'b' }), { items: items(2), cursor: 'b', more: null })).toThrow('same cursor'));
  it('begins with nothing', () =>
    expect(NOTHING_YET(setting({ firstPage: 0 }))).toEqual({ cursor: null, through: null, windowTo: null, page: 0 }));
});
