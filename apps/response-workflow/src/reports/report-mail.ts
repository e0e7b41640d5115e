import type { ReportBlock, ReportCite, ReportTable, ReportView } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';

/** What of a mail is read: HTML for who sees it, plain text for who does not. */
export interface MailBody {
  html: string;
  text: string;
}

/** Wider ones are told line by line: a phone shows five columns at most. */
const COLUMNS_ON_A_PHONE = 5;
/** Mails that are longer are cut off by common mail programs (102 kB); the whole stands in the files. */
const ROWS_IN_A_MAIL = 30;

const FACE = `font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif`;
const CELL = 'border:1px solid #d0d4da;padding:4px 6px;font-size:13px;line-height:1.5';
const QUIET = 'color:#5b6470;font-size:13px;line-height:1.6';

/** The report as a mail: every style stands on its element, since mail programs know no other. The same report gives the same bytes. Pure. */
export function reportMail(report: ReportView, publicUrl: string, foreword: string | null = null): MailBody {
  return { html: htmlOf(report, publicUrl, foreword), text: textOf(report, foreword) };
}

/** A few words without a report, e.g. that it was withdrawn. */
export function plainMail(text: string): MailBody {
  const lines = text
    .split('\n')
    .map((line) => `<p style="margin:0 0 8px;min-height:1em;font-size:16px;line-height:1.75;${FACE}">${escaped(line)}</p>`);
  return {
    text: `${text}\n`,
    html: `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"></head><body>${lines.join('')}</body></html>`,
  };
}

function htmlOf(report: ReportView, publicUrl: string, foreword: string | null): string {
  const { title, issue, firstDay, lastDay, secrecy, publisher, takenAt, sha256 } = report;
  const head = `${issue ?? ''} ${firstDay} 至 ${lastDay}`.trim();
  return [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escaped(title)}</title></head><body style="margin:0;background:#f4f5f7">`,
    `<div style="max-width:640px;margin:0 auto;padding:16px;background:#ffffff;color:#1c2128;${FACE};font-size:16px;line-height:1.75">`,
    foreword === null ? '' : `<p style="margin:0 0 12px;padding:8px 12px;background:#fff4e5">${escaped(foreword)}</p>`,
    `<p style="margin:0;font-weight:bold;font-size:14px">${escaped(secrecy)}</p>`,
    `<h1 style="margin:8px 0 2px;color:#c00000;font-size:22px;line-height:1.4;text-align:center">${escaped(title)}</h1>`,
    `<p style="margin:0;text-align:center;font-size:14px">${escaped(head)}</p>`,
    `<p style="margin:4px 0 12px;padding-bottom:6px;border-bottom:2px solid #c00000;font-size:14px">${escaped(publisher)}</p>`,
    ...report.sections.map(
      ({ heading, blocks }) =>
        `<h2 style="margin:18px 0 6px;font-size:17px;line-height:1.5">${escaped(heading)}</h2>${blocks.map((block) => blockHtml(block, publicUrl)).join('')}`,
    ),
    `<p style="margin:20px 0 0;${QUIET}">数据截止 ${escaped(localTimeText(new Date(takenAt)))}，内容校验 ${escaped(sha256.slice(0, 16))}。`,
    '全文见附件；句末小字可在控制台打开所依据的条目。</p></div></body></html>',
  ].join('');
}

function blockHtml(block: ReportBlock, publicUrl: string): string {
  if (block.kind === 'paragraph')
    return `<p style="margin:0 0 8px">${escaped(block.text)}${block.cites.map((cite) => citeHtml(cite, publicUrl)).join('')}</p>`;
  if (block.kind === 'chart') return tableHtml(tableOf(block), publicUrl);
  return tableHtml(block, publicUrl);
}

function citeHtml({ text, link }: ReportCite, publicUrl: string): string {
  const words = escaped(text);
  return link === null
    ? ` <span style="${QUIET}">${words}</span>`
    : ` <a style="color:#1d4f91;font-size:13px;text-decoration:none" href="${escaped(new URL(link, publicUrl).href)}">${words}</a>`;
}

function tableHtml(table: ReportTable, publicUrl: string): string {
  const { title, columns, rows, empty } = table;
  const caption = `<p style="margin:12px 0 4px;font-weight:bold;font-size:14px">${escaped(title)}</p>`;
  if (rows.length === 0) return `${caption}<p style="margin:0 0 8px;${QUIET}">${escaped(empty)}</p>`;
  const shown = rows.slice(0, ROWS_IN_A_MAIL);
  const more = rows.length > shown.length ? `<p style="margin:0 0 8px;${QUIET}">另有 ${rows.length - shown.length} 行，见附件。</p>` : '';
  if (columns.length > COLUMNS_ON_A_PHONE) return `${caption}${shown.map((row) => cardHtml(table, row, publicUrl)).join('')}${more}`;
  const align = (i: number) => (columns[i]!.isNumber ? 'text-align:right' : 'text-align:left');
  const head = columns.map(({ name }, i) => `<th style="${CELL};background:#f4f5f7;${align(i)}">${escaped(name)}</th>`).join('');
  const body = shown.map(
    ({ cells, link }) =>
      `<tr>${cells.map((cell, i) => `<td style="${CELL};${align(i)};word-break:break-word">${i === 0 ? linked(cell, link, publicUrl) : escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `${caption}<table role="table" cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse;margin:0 0 10px"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>${more}`;
}

/** A row of a wide table: its first cell as the heading, the others named. */
function cardHtml({ columns }: ReportTable, { cells, link }: ReportTable['rows'][number], publicUrl: string): string {
  const rest = cells.slice(1).map((cell, i) => `${escaped(columns[i + 1]!.name)} ${escaped(cell)}`);
  return `<p style="margin:0 0 6px;padding:6px 8px;border:1px solid #d0d4da;font-size:14px;line-height:1.6"><b>${linked(cells[0]!, link, publicUrl)}</b><br><span style="${QUIET}">${rest.join('，')}</span></p>`;
}

function linked(text: string, link: string | null, publicUrl: string): string {
  if (link === null) return escaped(text);
  return `<a style="color:#1d4f91;text-decoration:none" href="${escaped(new URL(link, publicUrl).href)}">${escaped(text)}</a>`;
}

/** The numbers of a chart: a mail shows no picture that a mail program would not load. */
export function tableOf(chart: Extract<ReportBlock, { kind: 'chart' }>): ReportTable {
  return {
    kind: 'table',
    key: chart.key,
    title: chart.title,
    columns: [{ name: chart.labelName ?? '日期', isNumber: false }, ...chart.series.map(({ name }) => ({ name, isNumber: true }))],
    rows: chart.labels.map((label, i) => ({ cells: [label, ...chart.series.map(({ values }) => String(values[i]))], link: null })),
    empty: '没有数据。',
  };
}

function textOf({ title, issue, secrecy, publisher, firstDay, lastDay, takenAt, sections }: ReportView, foreword: string | null): string {
  const lines = [
    ...(foreword === null ? [] : [foreword, '']),
    secrecy,
    title,
    `${issue ?? ''} ${firstDay} 至 ${lastDay}`.trim(),
    publisher,
    ...sections.flatMap(({ heading, blocks }) => ['', heading, ...blocks.flatMap(blockText)]),
    '',
    `数据截止 ${localTimeText(new Date(takenAt))}。全文见附件。`,
  ];
  return `${lines.join('\n')}\n`;
}

function blockText(block: ReportBlock): string[] {
  if (block.kind === 'paragraph') return [`\u3000\u3000${block.text}`];
  const { title, columns, rows, empty } = block.kind === 'chart' ? tableOf(block) : block;
  if (rows.length === 0) return [`【${title}】${empty}`];
  const told = rows
    .slice(0, ROWS_IN_A_MAIL)
    .map(({ cells }) => `- ${cells.map((cell, i) => (i === 0 ? cell : `${columns[i]!.name} ${cell}`)).join('，')}`);
  return [`【${title}】`, ...told, ...(rows.length > ROWS_IN_A_MAIL ? [`- 另有 ${rows.length - ROWS_IN_A_MAIL} 行，见附件`] : [])];
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
