import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
  type IRunOptions,
} from 'docx';
import type { ReportBlock, ReportTable, ReportView } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';
import { sameEveryTime } from './same-every-time.js';

/**
 * GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm with 22 lines of 28 characters (line pitch 28.95 pt), text in 仿宋 of
 * size 3 (16 pt), title in 小标宋 of size 2 (22 pt), first headings in 黑体. Where a face is not installed Word takes the next named.
 */
const PAGE = {
  size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
  margin: {
    top: convertMillimetersToTwip(37),
    left: convertMillimetersToTwip(28),
    right: convertMillimetersToTwip(26),
    bottom: convertMillimetersToTwip(35),
    footer: convertMillimetersToTwip(28),
  },
};
const TEXT_WIDTH = convertMillimetersToTwip(156);
const PITCH = { line: 579, lineRule: LineRuleType.EXACT };
const FACES = { body: '仿宋_GB2312', heading: '黑体', title: '方正小标宋简体', second: '楷体_GB2312', figure: 'Times New Roman' };
/** Half-points: 三号 16 pt, 二号 22 pt, 四号 14 pt, 小五 9 pt. */
const SIZES = { three: 32, two: 44, four: 28, small: 18 };

/** The report as a Word document. The same report gives the same bytes. */
export async function reportDocument(report: ReportView): Promise<Buffer> {
  const at = new Date(report.takenAt);
  const document = new Document({
    title: report.title,
    creator: report.publisher,
    description: `SHA-256 ${report.sha256}`,
    styles: { default: { document: { run: face(FACES.body, SIZES.three) } } },
    sections: [
      {
        properties: { page: PAGE },
        footers: { default: pageFooter() },
        children: [
          ...masthead(report),
          ...report.sections.flatMap(({ heading, blocks }) => [headingLine(heading), ...blocks.flatMap(drawn)]),
          ...closing(report, at),
        ],
      },
    ],
  });
  return sameEveryTime(await Packer.toBuffer(document), at);
}

function face(name: string, size: number): IRunOptions {
  return { font: { ascii: FACES.figure, hAnsi: FACES.figure, cs: FACES.figure, eastAsia: name }, size };
}

function line(
  text: string,
  run: IRunOptions,
  alignment: (typeof AlignmentType)[keyof typeof AlignmentType] = AlignmentType.LEFT,
): Paragraph {
  return new Paragraph({ spacing: PITCH, alignment, children: [new TextRun({ ...run, text })] });
}

/** 版头 of a 简报: secrecy, name, number, the office and the date over a red line. */
function masthead({ title, issue, secrecy, publisher, firstDay, lastDay }: ReportView): Paragraph[] {
  const red = { color: 'C00000' };
  return [
    line(secrecy, face(FACES.heading, SIZES.three)),
    line(title, { ...face(FACES.title, SIZES.two), ...red }, AlignmentType.CENTER),
    line(issue ?? `${firstDay} 至 ${lastDay}`, face(FACES.body, SIZES.three), AlignmentType.CENTER),
    new Paragraph({
      spacing: { ...PITCH, after: 200 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: 'C00000', space: 4 } },
      tabStops: [{ type: 'right', position: TEXT_WIDTH }],
      children: [new TextRun({ ...face(FACES.body, SIZES.three), text: `${publisher}\t${chineseDate(lastDay)}` })],
    }),
  ];
}

function headingLine(text: string): Paragraph {
  return new Paragraph({
    spacing: PITCH,
    keepNext: true,
    outlineLevel: 0,
    indent: { firstLine: 640 },
    children: [new TextRun({ ...face(FACES.heading, SIZES.three), text })],
  });
}

function drawn(block: ReportBlock): (Paragraph | Table)[] {
  if (block.kind === 'paragraph') return [bodyText(block.text)];
  if (block.kind === 'chart')
    return drawn({
      kind: 'table',
      key: block.key,
      title: block.title,
      columns: [{ name: '日期', isNumber: false }, ...block.series.map(({ name }) => ({ name, isNumber: true }))],
      rows: block.labels.map((label, i) => ({ cells: [label, ...block.series.map(({ values }) => String(values[i]))], link: null })),
      empty: '没有数据。',
    });
  const caption = new Paragraph({
    spacing: { ...PITCH, before: 120 },
    keepNext: true,
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ ...face(FACES.second, SIZES.four), text: block.title })],
  });
  return block.rows.length === 0
    ? [bodyText(`${block.title}：${block.empty}`)]
    : [caption, tableOf(block), new Paragraph({ spacing: { line: 200 } })];
}

function bodyText(text: string): Paragraph {
  return new Paragraph({
    spacing: PITCH,
    indent: { firstLine: 640 },
    children: [new TextRun({ ...face(FACES.body, SIZES.three), text })],
  });
}

function tableOf({ columns, rows }: ReportTable): Table {
  const widths = widthsOf(columns, rows);
  const row = (cells: readonly string[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map((text, i) => {
        const isRight = columns[i]!.isNumber && !isHead;
        const run = face(isHead ? FACES.heading : FACES.body, SIZES.small);
        return new TableCell({
          width: { size: widths[i]!, type: WidthType.DXA },
          margins: { left: 60, right: 60, top: 20, bottom: 20 },
          children: [
            new Paragraph({
              alignment: isHead ? AlignmentType.CENTER : isRight ? AlignmentType.RIGHT : AlignmentType.LEFT,
              children: [new TextRun({ ...run, text })],
            }),
          ],
        });
      }),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    rows: [
      row(
        columns.map(({ name }) => name),
        true,
      ),
      ...rows.map(({ cells }) => row(cells, false)),
    ],
  });
}

/** By what stands in the columns: an even share, more for long words, up to a third of the page. */
function widthsOf(columns: ReportTable['columns'], rows: ReportTable['rows']): number[] {
  const longest = columns.map(({ name }, i) =>
    Math.min(24, Math.max(name.length, 4.5, ...rows.map(({ cells }) => visualLength(cells[i]!)))),
  );
  const sum = longest.reduce((a, b) => a + b, 0);
  return longest.map((length) => Math.floor((TEXT_WIDTH * length) / sum));
}

/** In widths of a Chinese character; a letter or figure takes half. */
function visualLength(text: string): number {
  return [...text].reduce((sum, character) => sum + (character < '\u0100' ? 0.5 : 1), 0);
}

/** 页码: 四号半角, a short line on both sides. */
function pageFooter(): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ ...face(FACES.body, SIZES.four), children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });
}

function closing({ publisher, isFinal, sha256 }: ReportView, at: Date): Paragraph[] {
  const state = isFinal ? '' : '（统计周期尚未结束，为期中数据）';
  return [
    new Paragraph({ spacing: PITCH }),
    line(publisher, face(FACES.body, SIZES.three), AlignmentType.RIGHT),
    line(`数据截止 ${localTimeText(at)}${state}`, face(FACES.body, SIZES.four), AlignmentType.RIGHT),
    line(`内容校验 ${sha256.slice(0, 16)}`, face(FACES.body, SIZES.small), AlignmentType.RIGHT),
  ];
}

/** 2026年11月29日 */
export function chineseDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
