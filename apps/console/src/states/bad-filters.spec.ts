import type { Problem } from '@huiying/contracts/http';
import { Refused } from '../api/request.js';
import { badFilters } from './bad-filters.js';

const refused = (...faults: NonNullable<Problem['faults']>) =>
  new Refused({ code: 'bad-input', status: 400, detail: 'x must be y', message: 'x：无效选项：期望以下之一 "a"|"b"', faults });
const fault = (field: string, got?: unknown) => ({ field, rule: 'must be', message: `${field}：无效输入`, got });
const asked = (search: string) => new URLSearchParams(search);

it.each([
  ['state=open', refused(fault('state.0', 'open')), ['状态“open”不可用']],
  ['severity=II,ZZZ,YYY', refused(fault('severity.1', 'ZZZ'), fault('severity.2', 'YYY')), ['级别“ZZZ”不可用', '级别“YYY”不可用']],
  [
    'from=2026-13-45&to=2026-11-22',
    refused(fault('from', '2026-13-45')),
    ['起始日“2026-13-45”不可用，应为日期，如 2026-11-22，且起始日不晚于截止日'],
  ],
  ['q=long', refused(fault('q')), ['搜索词过长，最多 200 字']],
  ['colour=red', refused(fault('colour', 'red')), ['条件 colour“red”不可用']],
])('names what is wrong in %s', (search, error, words) => expect(badFilters(error, asked(search)).words).toEqual(words));

it('leads back without what is wrong, and with what is right', () => {
  const { rest } = badFilters(refused(fault('severity.0', 'ZZZ')), asked('q=停水&severity=ZZZ&sort=newest'));
  expect([...rest!]).toEqual([
    ['q', '停水'],
    ['sort', 'newest'],
  ]);
});
it('leads back without any, where the address calls it otherwise', () =>
  expect([...badFilters(refused(fault('state', 'x')), asked('shown=x&q=停水')).rest!]).toEqual([]));
it('leads nowhere where the address asks for nothing', () => expect(badFilters(refused(fault('state', 'x')), asked('')).rest).toBeNull());
it('shortens what came', () => {
  const [word] = badFilters(refused(fault('topic', 'x'.repeat(80))), asked('')).words;
  expect(word).toBe(`主题“${'x'.repeat(30)}…”不可用`);
});
