import type { ReportBlock, ReportIssueView, ReportNote, ReportView } from '@huiying/contracts/http';

type Change = ReportIssueView['changes'][number];

/** What differs between two versions, section by section, line by line: a line changed is one taken out and one put in. Pure. */
export function changesBetween(before: Frozen, after: Frozen): Change[] {
  const headings = [...new Set([...before.report.sections, ...after.report.sections].map(({ heading }) => heading))];
  return headings.flatMap((heading) => {
    const [old, now] = [linesOf(before, heading), linesOf(after, heading)];
    const gone = old.filter((line) => !now.includes(line));
    const fresh = now.filter((line) => !old.includes(line));
    return Array.from({ length: Math.max(gone.length, fresh.length) }, (_, i) => ({
      heading,
      before: gone[i] ?? null,
      after: fresh[i] ?? null,
    }));
  });
}

export interface Frozen {
  report: ReportView;
  notes: readonly ReportNote[];
}

function linesOf({ report, notes }: Frozen, heading: string): string[] {
  const blocks = report.sections.find((section) => section.heading === heading)?.blocks ?? [];
  return [...blocks.flatMap(said), ...notes.filter((note) => note.heading === heading).map(({ text }) => text)];
}

function said(block: ReportBlock): string[] {
  if (block.kind === 'paragraph') return [block.text];
  if (block.kind === 'chart') return block.series.map(({ name, values }) => `${block.title} ${name}：${values.join('、')}`);
  return block.rows.map(({ cells }) => `${block.title}：${cells.join(' ')}`);
}

/** The report with the editors' notes at the end of their sections. */
function withNotes({ report, notes }: Frozen): ReportView {
  const of = (heading: string): ReportBlock[] =>
    notes
      .filter((note) => note.heading === heading)
      .map(({ text }) => ({ kind: 'paragraph', text, cites: [{ text: '编者按', link: null }] }));
  return { ...report, sections: report.sections.map((section) => ({ ...section, blocks: [...section.blocks, ...of(section.heading)] })) };
}

/** An issue as it goes out: with the notes, and with its number where it has one. */
export function issued({ volume, ...frozen }: Frozen & { volume: number | null }): ReportView {
  return { ...withNotes(frozen), volume };
}
