import { firingWords, thresholdFirings, thresholdSource, thresholdWords, type ThresholdHit } from './threshold.js';

const at = (time: string) => new Date(`2026-11-${time}:00+08:00`);
const call = (time: string, id = `c${time}`): ThresholdHit => ({ id, source: 'call', at: at(time) });
const post = (time: string, id = `p${time}`): ThresholdHit => ({ id, source: 'post', at: at(time) });
const news = (time: string): ThresholdHit => ({ id: `n${time}`, source: 'news', at: at(time) });
/** 同一小区 3 单 + 1 帖 */
const RULE = { windowHours: 24, needs: [{ sources: ['call'], count: 3 }, { sources: ['post'], count: 1 }] } as const; // prettier-ignore
const fired = (hits: ThresholdHit[], quiet: Date | null = null) => thresholdFirings(RULE, hits, quiet).map(({ to }) => to.toISOString());
const iso = (time: string) => at(time).toISOString();

describe('thresholdFirings', () => {
  it.each<[string, ThresholdHit[], string[]]>([
    ['nothing', [], []],
    ['three calls and no post', [call('20T08:00'), call('20T09:00'), call('20T10:00')], []],
    ['two calls and a post', [call('20T08:00'), call('20T09:00'), post('20T10:00')], []],
    ['the post comes last', [call('20T08:00'), call('20T09:00'), call('20T10:00'), post('20T11:00')], [iso('20T11:00')]],
    ['the post comes first', [post('20T07:00'), call('20T08:00'), call('20T09:00'), call('20T10:00')], [iso('20T10:00')]],
    [
      'they came in another order than they happened',
      [call('20T10:00'), post('20T07:00'), call('20T09:00'), call('20T08:00')],
      [iso('20T10:00')],
    ],
    ['all at one minute', [post('20T08:00'), call('20T08:00', 'a'), call('20T08:00', 'b'), call('20T08:00', 'c')], [iso('20T08:00')]],
    ['one call told twice', [post('20T07:00'), call('20T08:00'), call('20T08:00'), call('20T09:00')], []],
    ['news is no post', [news('20T07:00'), call('20T08:00'), call('20T09:00'), call('20T10:00')], []],
    ['a minute less than the window apart', [post('20T08:01'), call('20T09:00'), call('20T10:00'), call('21T08:00')], [iso('21T08:00')]],
    ['exactly the window apart', [post('20T08:00'), call('20T09:00'), call('20T10:00'), call('21T08:00')], []],
  ])('%s', (_, hits, expected) => expect(fired(hits)).toEqual(expected));

  it('a flood is told once in each window, and what counted once does not count again', () => {
    const hour = (h: number) => new Date(at('20T00:00').getTime() + h * 3_600_000);
    const flood = Array.from({ length: 72 }, (_, h): ThresholdHit[] => [
      { id: `c${h}`, source: 'call', at: hour(h) },
      { id: `p${h}`, source: 'post', at: hour(h) },
    ]).flat();
    const firings = thresholdFirings(RULE, flood);
    expect(firings.map(({ to }) => to)).toEqual([hour(2), hour(26), hour(50)]);
    expect(new Set(firings.flatMap(({ hits }) => hits.map(({ id }) => id))).size).toBe(firings.flatMap(({ hits }) => hits).length);
  });
  it.each([
    ['it is quiet for a window after it fired', '20T07:00', []],
    ['a minute before the end of that', '19T11:01', []],
    ['from the end of that on', '19T11:00', [iso('20T11:00')]],
  ])('%s', (_, quiet, expected) =>
    expect(fired([call('20T08:00'), call('20T09:00'), call('20T10:00'), post('20T11:00')], at(quiet))).toEqual(expected),
  );
  it('says how many there were of each, and which', () => {
    const [firing] = thresholdFirings(RULE, [call('18T08:00'), call('20T08:00'), call('20T08:30'), call('20T09:00'), post('20T10:00')]);
    expect(firing).toMatchObject({ counts: [3, 1], from: at('19T10:00'), to: at('20T10:00') });
    expect(firing!.hits.map(({ id }) => id)).toEqual(['c20T08:00', 'c20T08:30', 'c20T09:00', 'p20T10:00']);
  });
  it('one need may take several sources', () => {
    const any = { windowHours: 1, needs: [{ sources: ['post', 'news'], count: 2 }] } as const;
    expect(thresholdFirings(any, [post('20T08:00'), news('20T08:30')])).toHaveLength(1);
    expect([thresholdWords(any), firingWords(RULE, [4, 1])]).toEqual(['1小时内帖文或新闻≥2条', '24小时内热线4件、帖文1条']);
  });
});

it.each([
  ['hotline', 'call'],
  ['weibo', 'post'],
  ['forum', 'post'],
  ['other', 'post'],
  ['news', 'news'],
  ['gov-site', 'news'],
])('%s counts as %s', (channel, source) => expect(thresholdSource(channel)).toBe(source));
