import { load } from 'cheerio';
import type { ReportTable, ReportView } from '@huiying/contracts/http';
import { reportMail } from './report-mail.js';

const wide: ReportTable = {
  kind: 'table',
  key: 'wide',
  title: '各单位',
  columns: ['单位', '到期', '按时', '逾期', '未到期', '按时率'].map((name, i) => ({ name, isNumber: i > 0 })),
  rows: Array.from({ length: 31 }, (_, i) => ({ cells: [`单位${i}`, '5', '3', '1', '1', '75%'], link: '/cases?department=d' })),
  empty: '无。',
};
const report = {
  title: '望川市政务舆情周报',
  issue: '2026年第48期',
  secrecy: '内部资料 注意保存',
  publisher: '望川市政务舆情值班室',
  firstDay: '2026-11-23',
  lastDay: '2026-11-29',
  takenAt: '2026-11-29T16:00:00.000Z',
  isFinal: true,
  sha256: 'a'.repeat(64),
  sections: [
    {
      heading: '一、本期概况',
      blocks: [
        { kind: 'paragraph', text: '标题里有<script>alert(1)</script>“"&', cites: [{ text: '信息', link: '/opinions?from=a&to=b' }] },
        { kind: 'chart', key: 'days', title: '每日', labels: ['11-23'], series: [{ name: '政务舆情', values: [7] }] },
        { ...wide, key: 'narrow', title: '渠道', columns: wide.columns.slice(0, 2), rows: [{ cells: ['微博', '5'], link: null }] },
        wide,
        { ...wide, rows: [], title: '空表' },
      ],
    },
  ],
} as ReportView;

describe('a report as a mail', () => {
  const { html, text } = reportMail(report, 'https://huiying.example', '更正：补录一条工单');
  const page = load(html);

  it('styles every element itself: no style sheet, no script, no picture, nothing loaded from elsewhere', () => {
    expect(page('style, script, link, img, iframe, svg').length).toBe(0);
    expect(
      page('body p, body h1, body h2, body table, body td, body th, body a').filter((_, one) => page(one).attr('style') === undefined)
        .length,
    ).toBe(0);
  });

  it('leaves nothing that came from outside as markup', () => {
    expect(html).not.toContain('<script>');
    expect(page('p').text()).toContain('标题里有<script>alert(1)</script>“"&');
  });

  it('leads to the console by whole addresses', () =>
    expect(page('a').first().attr('href')).toBe('https://huiying.example/opinions?from=a&to=b'));

  it('is read on a phone: no table of more than five columns, none of more than thirty rows', () => {
    page('tr').each((_, row) => expect(page(row).children().length).toBeLessThanOrEqual(5));
    expect(page.text()).toContain('单位0到期 5，按时 3，逾期 1，未到期 1，按时率 75%');
    expect(page.text()).toContain('另有 1 行，见附件');
    expect(page('meta[name=viewport]').length).toBe(1);
  });

  it('says the same in plain text', () => {
    for (const words of [
      '更正：补录一条工单',
      '望川市政务舆情周报',
      '一、本期概况',
      '- 11-23，政务舆情 7',
      '- 单位0，到期 5，按时 3',
      '【空表】无。',
    ])
      expect(text).toContain(words);
  });

  it('is the same for the same report', () =>
    expect(reportMail(report, 'https://huiying.example', '更正：补录一条工单')).toEqual({ html, text }));
});
