import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  DocumentGridType,
  Footer,
  ImageRun,
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
import { chartPicture, type ChartPicture } from '../drawing/index.js';
import { fontTable } from './font-table.js';
import { chineseDate, issueLine } from './masthead.js';
import { cutLine, dayBorne } from './unfinished.js';
import { widthsOf } from './table-widths.js';
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
/**
 * 22 lines of 28 characters: lines by the grid, characters by drawing 三号 a quarter point closer (twips). A grid of characters would be
 * one setting, and LibreOffice and WPS read it each in a way of their own.
 */
const GRID = { type: DocumentGridType.LINES, linePitch: 579 };
const CLOSER = -5;
/** Rows of tables are not on the grid. */
const CELL_PITCH = { line: 250, lineRule: LineRuleType.EXACT };
const TEXT_WIDTH = convertMillimetersToTwip(156);
const PITCH = { line: 579, lineRule: LineRuleType.EXACT };
const FACES = { body: '仿宋_GB2312', heading: '黑体', title: '方正小标宋简体', second: '楷体_GB2312', figure: 'Times New Roman' };
/** Half-points: 三号 16 pt, 二号 22 pt, 四号 14 pt, 小五 9 pt. */
const SIZES = { three: 32, two: 44, four: 28, small: 18 };

/** The report as a Word document. The same report gives the same bytes. */
export async function reportDocument(report: ReportView): Promise<Buffer> {
  const at = new Date(report.takenAt);
  const pictures = await picturesOf(report);
  const document = new Document({
    title: report.title,
    creator: report.publisher,
    description: `SHA-256 ${report.sha256}`,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: face(FACES.body, SIZES.three) } } },
    sections: [
      {
        properties: { page: PAGE, grid: GRID },
        footers: { default: pageFooter(AlignmentType.RIGHT), even: pageFooter(AlignmentType.LEFT) },
        children: [
          ...masthead(report),
          ...report.sections.flatMap(({ heading, blocks }) => [headingLine(heading), ...blocks.flatMap((block) => drawn(block, pictures))]),
          ...closing(report, at),
        ],
      },
    ],
  });
  return sameEveryTime(await Packer.toBuffer(document), at, { 'word/fontTable.xml': fontTable, 'word/document.xml': offTheGrid });
}

/** Rows of tables and what stands between them keep to their own pitch. */
function offTheGrid(xml: string): string {
  return xml.replaceAll(/<w:spacing(?=[^>]* w:line="250")/g, '<w:snapToGrid w:val="0"/>$&');
}

function face(name: string, size: number): IRunOptions {
  return {
    font: { ascii: FACES.figure, hAnsi: FACES.figure, cs: FACES.figure, eastAsia: name },
    size,
    ...(size === SIZES.three ? { characterSpacing: CLOSER } : {}),
  };
}

function line(
  text: string,
  run: IRunOptions,
  alignment: (typeof AlignmentType)[keyof typeof AlignmentType] = AlignmentType.LEFT,
): Paragraph {
  return new Paragraph({ spacing: PITCH, alignment, children: [new TextRun({ ...run, text })] });
}

/** 版头 of a 简报: secrecy, name, number, the office and the date over a red line. */
function masthead(report: ReportView): Paragraph[] {
  const { title, secrecy, publisher } = report;
  const cut = cutLine(report);
  const red = { color: 'C00000' };
  return [
    line(secrecy, face(FACES.heading, SIZES.three)),
    line(title, { ...face(FACES.title, SIZES.two), ...red }, AlignmentType.CENTER),
    line(issueLine(report), face(FACES.body, SIZES.three), AlignmentType.CENTER),
    ...(cut === null ? [] : [line(cut, face(FACES.body, SIZES.three), AlignmentType.CENTER)]),
    new Paragraph({
      spacing: { ...PITCH, after: 200 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: 'C00000', space: 4 } },
      tabStops: [{ type: 'right', position: TEXT_WIDTH }],
      children: [new TextRun({ ...face(FACES.body, SIZES.three), text: `${publisher}\t${chineseDate(dayBorne(report))}` })],
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

type Pictures = ReadonlyMap<ReportBlock, ChartPicture>;

async function picturesOf({ sections }: ReportView): Promise<Pictures> {
  const pictures = new Map<ReportBlock, ChartPicture>();
  for (const { blocks } of sections) for (const block of blocks) if (block.kind === 'chart') pictures.set(block, await chartPicture(block));
  return pictures;
}

function drawn(block: ReportBlock, pictures: Pictures): (Paragraph | Table)[] {
  if (block.kind === 'paragraph') return [...(block.heading === undefined ? [] : [subheadingLine(block.heading)]), bodyText(block.text)];
  if (block.kind === 'chart') return [captionOf(block.title), pictureOf(block.title, pictures.get(block)!)];
  return block.rows.length === 0
    ? [bodyText(`${block.title}：${block.empty}`)]
    : [captionOf(block.title), tableOf(block), new Paragraph({ spacing: CELL_PITCH })];
}

function captionOf(title: string): Paragraph {
  return new Paragraph({
    spacing: { ...PITCH, before: 120 },
    keepNext: true,
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ ...face(FACES.second, SIZES.four), text: title })],
  });
}

function pictureOf(title: string, { png, width, height }: ChartPicture): Paragraph {
  const altText = { name: title, title, description: title };
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new ImageRun({ type: 'png', data: png, transformation: { width, height }, altText })],
  });
}

/** 结构层次序数: （一）in 楷体, 1. and （1） in 仿宋 like the text (GB/T 9704-2012 7.3.3). */
function subheadingLine(text: string): Paragraph {
  const outlineLevel = /^\d+\./.test(text) ? 2 : /^（\d+）/.test(text) ? 3 : 1;
  return new Paragraph({
    spacing: PITCH,
    keepNext: true,
    outlineLevel,
    indent: { firstLine: 640 },
    children: [new TextRun({ ...face(outlineLevel === 1 ? FACES.second : FACES.body, SIZES.three), text })],
  });
}

function bodyText(text: string): Paragraph {
  return new Paragraph({
    spacing: PITCH,
    indent: { firstLine: 640 },
    children: [new TextRun({ ...face(FACES.body, SIZES.three), text })],
  });
}

function tableOf({ columns, rows }: ReportTable): Table {
  const shares = widthsOf(columns, rows);
  const sum = shares.reduce((a, b) => a + b, 0);
  const widths = shares.map((share) => Math.floor((TEXT_WIDTH * share) / sum));
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
              spacing: CELL_PITCH,
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

/** 页码: 四号半角, a short line on both sides; at the outer edge, one character in. */
function pageFooter(alignment: typeof AlignmentType.RIGHT | typeof AlignmentType.LEFT): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: 280, right: 280 },
        children: [new TextRun({ ...face(FACES.body, SIZES.four), children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });
}

function closing({ publisher, sha256 }: ReportView, at: Date): Paragraph[] {
  return [
    new Paragraph({ spacing: PITCH }),
    line(publisher, face(FACES.body, SIZES.three), AlignmentType.RIGHT),
    line(`数据截止 ${localTimeText(at)}`, face(FACES.body, SIZES.four), AlignmentType.RIGHT),
    line(`内容校验 ${sha256.slice(0, 16)}`, face(FACES.body, SIZES.small), AlignmentType.RIGHT),
  ];
}
