import { readFileSync } from 'node:fs';
import { describeWith, measuredData } from '../../../../test/support/measured-data.js';
import { readFeedDate, readZone } from './feed-date.js';

const CHINA = 480;

describe('readFeedDate', () => {
  it.each([
    ['2020-08-25 16:44:16', '2020-08-25T08:44:16Z'],
    ['2020-08-25', '2020-08-24T16:00:00Z'],
    ['2026年4月18日', '2026-04-17T16:00:00Z'],
    ['2026年4月18日 8:05', '2026-04-18T00:05:00Z'],
    ['２０２６年４月１８日　下午３时２０分', '2026-04-18T07:20:00Z'],
    ['2026年4月18日 星期六 晚上11:30', '2026-04-18T15:30:00Z'],
    ['2026年4月18日 上午12时', '2026-04-17T16:00:00Z'],
    ['2026年4月18日 中午12:30', '2026-04-18T04:30:00Z'],
    ['2026/4/18 8:5', '2026-04-18T00:05:00Z'],
    ['2026.04.18', '2026-04-17T16:00:00Z'],
    ['20260418', '2026-04-17T16:00:00Z'],
    ['20260418T083000Z', '2026-04-18T08:30:00Z'],
    ['Sat, 3 Oct 2026 12:53:46', '2026-10-03T04:53:46Z'],
    ['Sat, 3 Oct 2026 12:53:46 CST', '2026-10-03T04:53:46Z'],
    ['Sat, 3 Oct 2026 12:53:46 GMT', '2026-10-03T12:53:46Z'],
    ['Sat, 03 Oct 2026 12:53:46 +0800', '2026-10-03T04:53:46Z'],
    ['Sat, 03 Oct 2026 12:53 GMT+8:00', '2026-10-03T04:53:00Z'],
    ['Sat Oct  3 12:53:46 2026', '2026-10-03T04:53:46Z'],
    ['October 3, 2026', '2026-10-02T16:00:00Z'],
    ['2026-10-03T12:53:46.123+08:00', '2026-10-03T04:53:46Z'],
    ['2026-10-03 12:53:46 北京时间', '2026-10-03T04:53:46Z'],
    ['2004-05-25 오후 11:23:17', '2004-05-25T14:23:17Z'],
    ['1776488716', '2026-04-18T05:05:16Z'],
    ['1776488716000', '2026-04-18T05:05:16Z'],
    ['二〇二六年四月十八日', '2026-04-17T16:00:00Z'],
    ['二零二六年十二月二十日 8时5分', '2026-12-20T00:05:00Z'],
    ['二〇二六年十月三十一日', '2026-10-30T16:00:00Z'],
    ['发布时间：2026-04-18 08:30', '2026-04-18T00:30:00Z'],
    ['2026-04-18 08:30（北京时间）', '2026-04-18T00:30:00Z'],
    ['2026-04-18T08:30:00+08', '2026-04-18T00:30:00Z'],
    ['2026-04-18 08:30:00 UTC+8', '2026-04-18T00:30:00Z'],
    ['周六, 18 4月 2026 16:30:00 +0800', '2026-04-18T08:30:00Z'],
    ['星期六, 18 四月 2026 16:30:00 +0800', '2026-04-18T08:30:00Z'],
    ['18 十二月 2026 16:30', '2026-12-18T08:30:00Z'],
    ['2026/4/18 8:30:00 PM', '2026-04-18T12:30:00Z'],
    ['Saturday, April 18, 2026 12:05 AM', '2026-04-17T16:05:00Z'],
    ['Sat, 18 Apr 2026 08:30:00 +0000 (UTC)', '2026-04-18T08:30:00Z'],
    ['Sat, 18 Apr 2026 08:30:00 B', '2026-04-18T08:30:00Z'],
    ['/Date(1776488716000)/', '2026-04-18T05:05:16Z'],
    ['Παρ, 18 Δεκ 2026 08:30:00 +0200', '2026-12-18T06:30:00Z'],
    ['Fr, 18 Mär 2026 08:30:00 +0100', '2026-03-18T07:30:00Z'],
    ['2026-január-3T8:30+01:00', '2026-01-03T07:30:00Z'],
    ['26-01-03', '2026-01-02T16:00:00Z'],
    ['2026-365', '2026-12-30T16:00:00Z'],
    ['2024-02-29', '2024-02-28T16:00:00Z'],
  ])('%s', (written, utc) => expect(readFeedDate(written, CHINA)).toEqual(new Date(utc)));

  it.each([
    '',
    '  ',
    '2026-02-29',
    '2026-13-01',
    '2026-10-03 25:00',
    '2026-10-03 12:60',
    'yesterday',
    '3小时前',
    '4月18日',
    '2026-04-18 08:30 火星时间',
    '18 foo 2026',
    '0001-01-01T00:00:00Z',
    '2026年',
    '0100-01-01',
    '9999-12-31T23:59:59-99:99',
    'Sun, 16 zzz 2012 11:47:32 GMT',
    'Sun, 16 Dec 2012 11:47:32 XYZ',
    `2026-10-03 ${' '.repeat(100_000)}x`,
  ])('takes no date from %p', (written) => expect(readFeedDate(written, CHINA)).toBeNull());
});

const file = measuredData('feeds', 'dates.jsonl');
describeWith(file, 'dates from the wild')('dates from the wild', () => {
  it('reads at least 68 of 72', () => {
    const rows = readFileSync(file!, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { input: string; utc: string | null });
    const said = (input: string) =>
      readFeedDate(input, 0)
        ?.toISOString()
        .replace(/\.\d+Z/, 'Z') ?? null;
    const wrong = rows.filter(({ input, utc }) => said(input) !== utc);
    process.stderr.write(
      `  dates: ${rows.length - wrong.length}/${rows.length}${wrong.map(({ input }) => `; not ${JSON.stringify(input)}`).join('')}\n`,
    );
    expect(rows).toHaveLength(72);
    expect(wrong.length).toBeLessThanOrEqual(4);
  });
});

describe('readZone', () => {
  it.each([
    ['Z', 0],
    ['+0800', 480],
    ['-05:30', -330],
    ['GMT-01:01', -61],
    ['EST', -300],
    ['cst', 480],
    ['北京时间', 480],
    ['+zz:00', null],
    ['+99:99', null],
    ['Mars', null],
    ['constructor', null],
    ['+8', 480],
    ['GMT+08', 480],
  ])('%s', (written, minutes) => expect(readZone(written, CHINA)).toBe(minutes));
  it('takes CST for America where the source is not Chinese', () => expect(readZone('CST', 0)).toBe(-360));
});
