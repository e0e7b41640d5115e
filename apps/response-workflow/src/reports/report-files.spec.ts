import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import type { ReportBlock, ReportView } from '@huiying/contracts/http';
import { PageWriter } from '../drawing/index.js';
import { reportDocument } from './report-document.js';
import { reportPdf } from './report-pdf.js';
import { reportWorkbook } from './report-workbook.js';

const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', text, cites: [{ text: '依据', link: null }] });
const report: ReportView = {
  title: '望川市政务舆情周报',
  issue: '2026年第48期',
  volume: 3,
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
        { ...paragraph('本期共采集信息 321 条，比上期增加 12（+3.9%）。'.repeat(12)), heading: '（一）总量' } as ReportBlock,
        { ...paragraph('第一项的正文。'), heading: '1. 分渠道' } as ReportBlock,
        { ...paragraph('第一小项的正文。'), heading: '（1）热线' } as ReportBlock,
        {
          kind: 'chart',
          key: 'days',
          title: '每日政务舆情与热线来件（条）',
          labels: ['11-23', '11-24', '11-25'],
          series: [
            { name: '政务舆情', values: [3, 5, 8] },
            { name: '热线来件', values: [13, 15, 18] },
          ],
        },
        {
          kind: 'table',
          key: 'channels',
          title: '渠道分布',
          columns: [
            { name: '渠道', isNumber: false },
            { name: '信息', isNumber: true },
          ],
          rows: Array.from({ length: 60 }, (_, i) => ({ cells: [`第${i}号渠道`, String(i)], link: null })),
          empty: '无。',
        },
      ],
    },
  ],
};
const partsOf = (docx: Buffer) => unzipSync(docx);
const mm = (millimetres: number) => Math.round((millimetres / 25.4) * 1440);

describe('a report as Word in the layout of GB/T 9704', () => {
  let parts: Record<string, Uint8Array>;
  let xml: string;
  const attribute = (element: string, name: string) => new RegExp(`<${element}[^>]* ${name}="([^"]*)"`).exec(xml)?.[1];

  beforeAll(async () => {
    parts = partsOf(await reportDocument(report));
    xml = strFromU8(parts['word/document.xml']!);
  });

  it('is A4 with 天头 37, 订口 28, and a 版心 of 156 × 225 mm', () => {
    const margin = (name: string) => Number(attribute('w:pgMar', `w:${name}`));
    const [width, height] = [Number(attribute('w:pgSz', 'w:w')), Number(attribute('w:pgSz', 'w:h'))];
    expect([width, height].map((one) => Math.round(one / 56.69))).toEqual([210, 297]);
    expect([margin('top'), margin('left')].map((one) => Math.round(one / 56.69))).toEqual([37, 28]);
    expect(Math.abs(width - margin('left') - margin('right') - mm(156))).toBeLessThanOrEqual(4);
    expect(Math.abs(height - margin('top') - margin('bottom') - mm(225))).toBeLessThanOrEqual(4);
  });

  it('has 22 lines of 28 characters to the page', () => {
    const pitch = Number(/<w:spacing[^>]*w:line="(\d+)"[^>]*w:lineRule="exact"/.exec(xml)?.[1]) / 20;
    expect(Math.floor(((225 / 25.4) * 72) / pitch)).toBe(22);
    expect(attribute('w:docGrid', 'w:type')).toBe('lines');
    expect(Math.floor(((225 / 25.4) * 72) / (Number(attribute('w:docGrid', 'w:linePitch')) / 20))).toBe(22);
    const run = xml.split('<w:r>').find((one) => one.includes('本期共采集信息'))!;
    const character = Number(/<w:sz w:val="(\d+)"/.exec(run)![1]) / 2 + Number(/<w:spacing w:val="(-?\d+)"/.exec(run)![1]) / 20;
    expect(Math.floor(((156 / 25.4) * 72) / character)).toBe(28);
  });

  it.each([
    ['text', '本期共采集信息', '仿宋_GB2312', 32],
    ['title', '望川市政务舆情周报', '方正小标宋简体', 44],
    ['first heading', '一、本期概况', '黑体', 32],
    ['second heading', '（一）总量', '楷体_GB2312', 32],
    ['third heading', '1. 分渠道', '仿宋_GB2312', 32],
    ['fourth heading', '（1）热线', '仿宋_GB2312', 32],
    ['secrecy', '内部资料 注意保存', '黑体', 32],
  ])('sets the %s in its face and size', (_, text, face, halfPoints) => {
    const run = xml.split('<w:r>').find((one) => one.includes(text))!;
    expect(run).toContain(`w:eastAsia="${face}"`);
    expect(run).toContain(`<w:sz w:val="${halfPoints}"/>`);
  });

  it.each([
    ['一、本期概况', 0],
    ['（一）总量', 1],
    ['1. 分渠道', 2],
    ['（1）热线', 3],
  ])('numbers the heading %s itself, in the outline at level %d, two characters in', (text, level) => {
    const line = xml.split('<w:p>').find((one) => one.includes(text))!;
    expect(line).toContain(`<w:outlineLvl w:val="${level}"/>`);
    expect(line).toContain('w:firstLine="640"');
    expect(line).not.toContain('<w:numPr>');
  });

  it('names other faces for machines without these', () => {
    const fonts = strFromU8(parts['word/fontTable.xml']!);
    for (const [face, other] of [
      ['仿宋_GB2312', 'FangSong'],
      ['方正小标宋简体', '宋体'],
      ['楷体_GB2312', 'KaiTi'],
      ['黑体', 'SimHei'],
    ])
      expect(fonts).toMatch(new RegExp(`<w:font w:name="${face}">\\s*<w:altName w:val="[^"]*${other}`));
  });

  it('numbers its pages — 1 — in size 4, at the outer edge', () => {
    const footers = Object.keys(parts).filter((name) => /^word\/footer\d+\.xml$/.test(name));
    const [odd, even] = ['default', 'even'].map((type) => {
      const id = new RegExp(`<w:footerReference w:type="${type}" r:id="([^"]+)"`).exec(xml)![1];
      const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="${id}"`).exec(
        strFromU8(parts['word/_rels/document.xml.rels']!),
      )!;
      return strFromU8(parts[`word/${target[1] ?? target[2]}`]!);
    });
    expect(footers).toHaveLength(2);
    for (const footer of [odd!, even!]) {
      expect(footer).toMatch(/— <\/w:t>.*PAGE.*> —</s);
      expect(footer).toContain('<w:sz w:val="28"/>');
    }
    expect([odd, even].map((footer) => /<w:jc w:val="(\w+)"/.exec(footer!)![1])).toEqual(['right', 'left']);
    expect(strFromU8(parts['word/settings.xml']!)).toContain('evenAndOddHeaders');
  });

  it('holds its charts as pictures of 200 dpi and more', () => {
    const [png] = Object.entries(parts)
      .filter(([name]) => name.startsWith('word/media/'))
      .map(([, bytes]) => Buffer.from(bytes));
    const [width, inches] = [png!.readUInt32BE(16), Number(/<wp:extent cx="(\d+)"/.exec(xml)![1]) / 914_400];
    expect(width / inches).toBeGreaterThanOrEqual(200);
    expect(inches * 25.4).toBeLessThanOrEqual(156.5);
  });

  it('is the same whenever it is made', async () => expect((await reportDocument(report)).equals(await reportDocument(report))).toBe(true));
});

describe('a report as PDF', () => {
  let pdf: Buffer;
  beforeAll(async () => {
    pdf = await reportPdf(report);
  });

  it('is the same whenever it is made', async () => expect((await reportPdf(report)).equals(pdf)).toBe(true));

  it('is A4 on as many pages as the text needs', () => {
    const text = pdf.toString('latin1');
    expect(text.match(/\/Type \/Page\b/g)!.length).toBe(4);
    expect(/\/MediaBox \[([^\]]+)\]/.exec(text)![1]).toBe('0 0 595 842');
  });

  /** What the signs of its faces stand for, as a reader that searches or copies sees it. */
  const meanings = () => {
    const maps = [...pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, stream]) => {
      try {
        return [inflateSync(Buffer.from(stream!, 'latin1')).toString('latin1')];
      } catch {
        return [];
      }
    });
    return maps
      .filter((one) => one.includes('begincmap'))
      .join('')
      .toUpperCase();
  };

  it('brings its faces along, and tells what its signs mean, so that it can be searched', () => {
    expect(pdf.includes('/ToUnicode')).toBe(true);
    const cmaps = meanings();
    for (const character of '望川舆情周报号')
      expect(cmaps).toContain(`<${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
  });

  it('tells of every sign what it means, of figures that stand alone in a cell too', () => expect(meanings()).not.toContain('<0000>'));
});

describe('a report taken before its week is over', () => {
  const interim: ReportView = { ...report, isFinal: false, takenAt: '2026-11-27T12:49:33.678Z' };
  const cut = '期中数据，截止 2026-11-27 20:49';

  it('says so under the title in Word, and bears the day of its figures', async () => {
    const xml = strFromU8(partsOf(await reportDocument(interim))['word/document.xml']!);
    expect(xml.indexOf(cut)).toBeGreaterThan(xml.indexOf(interim.title));
    expect(xml.indexOf(cut)).toBeLessThan(xml.indexOf('一、本期概况'));
    expect(xml).toContain('2026年11月27日');
    expect(xml).not.toContain('2026年11月29日');
  });

  it('says so under the title in PDF, and bears the day of its figures', async () => {
    const paragraph = jest.spyOn(PageWriter.prototype, 'paragraph');
    const pair = jest.spyOn(PageWriter.prototype, 'pair');
    await reportPdf(interim);
    expect(paragraph.mock.calls.slice(1, 4).map(([text]) => text)).toEqual([interim.title, '2026年第48期（总第3期）', cut]);
    expect(pair.mock.calls[0]!.slice(0, 2)).toEqual([interim.publisher, '2026年11月27日']);
  });

  it.each([
    [interim, [cut, '2026-11-27 20:49']],
    [report, ['2026-11-30 00:00']],
  ])('says so in the workbook, in the time of Beijing', async (one, wanted) => {
    const text = strFromU8(partsOf(await reportWorkbook(one))['xl/sharedStrings.xml']!);
    for (const words of wanted) expect(text).toContain(`>${words}<`);
    expect(text.includes(cut)).toBe(!one.isFinal);
    expect(text).not.toContain(one.takenAt);
  });
});
