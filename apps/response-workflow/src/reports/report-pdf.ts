import type { ReportBlock, ReportTable, ReportView } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';
import { chartPicture, openDrawing, PAGE, PageWriter, type Style } from '../drawing/index.js';
import { chineseDate, issueLine } from './masthead.js';
import { cutLine, dayBorne } from './unfinished.js';
import { widthsOf } from './table-widths.js';

const RED = '#c00000';
const BODY: Style = { face: 'serif' };
const HEADING: Style = { face: 'sans', weight: 500 };
const SUBHEADING: Style = { face: 'serif', weight: 700 };
/** 四号. */
const CAPTION: Style = { face: 'serif', weight: 500, size: 14 };

/**
 * The report as PDF in the layout of GB/T 9704, in the order of the Word document, on any machine: its faces come with it (宋体 in place of
 * 仿宋, which is not free). The same report gives the same bytes.
 */
export async function reportPdf(report: ReportView): Promise<Buffer> {
  const { title, publisher, secrecy, sections, takenAt, sha256 } = report;
  const cut = cutLine(report);
  const pages = new PageWriter(await openDrawing(), { title, author: publisher });
  pages.paragraph(secrecy, HEADING);
  pages.paragraph(title, { face: 'serif', weight: 900, size: 22, colour: RED }, { align: 'center' });
  pages.paragraph(issueLine(report), BODY, { align: 'center' });
  if (cut !== null) pages.paragraph(cut, BODY, { align: 'center' });
  pages.pair(publisher, chineseDate(dayBorne(report)), BODY);
  pages.rule(RED, 1.5);
  pages.space(PAGE.pitch / 2);
  for (const { heading, blocks } of sections) {
    pages.need(2 * PAGE.pitch);
    pages.paragraph(heading, HEADING, { indent: 2 });
    for (const block of blocks) await draw(pages, block);
  }
  pages.space(PAGE.pitch / 2);
  pages.need(3 * PAGE.pitch);
  pages.paragraph(publisher, BODY, { align: 'right' });
  pages.paragraph(`数据截止 ${localTimeText(new Date(takenAt))}`, { ...BODY, size: 14 }, { align: 'right' });
  pages.paragraph(`内容校验 ${sha256.slice(0, 16)}`, { ...BODY, size: 9 }, { align: 'right' });
  return pages.end();
}

async function draw(pages: PageWriter, block: ReportBlock): Promise<void> {
  if (block.kind === 'table') return drawTable(pages, block);
  if (block.kind === 'paragraph') {
    if (block.heading !== undefined) {
      pages.need(2 * PAGE.pitch);
      pages.paragraph(block.heading, SUBHEADING, { indent: 2 });
    }
    return pages.paragraph(block.text, BODY, { indent: 2 });
  }
  const { png, width, height } = await chartPicture(block);
  pages.need(PAGE.pitch + (PAGE.textWidth * height) / width);
  pages.paragraph(block.title, CAPTION, { align: 'center' });
  await pages.picture(png, height / width);
}

function drawTable(pages: PageWriter, { title, columns, rows, empty }: ReportTable): void {
  if (rows.length === 0) return pages.paragraph(`${title}：${empty}`, BODY, { indent: 2 });
  pages.need(3 * PAGE.pitch);
  pages.paragraph(title, CAPTION, { align: 'center' });
  const head = columns.map(({ name }) => name);
  pages.table(
    head,
    rows.map(({ cells }) => cells),
    widthsOf(columns, rows),
    (column) => columns[column]!.isNumber,
  );
}
