import { z } from 'zod';
import type { ActionView } from './cases.js';

/** A row of the console that a figure or a sentence stands on. */
export interface ReportCite {
  /** What it is called there: 望舆〔2026〕17号. */
  text: string;
  /** Where it stands on the console, e.g. /cases/…; null for a rule or a definition. */
  link: string | null;
}

export interface ReportParagraph {
  kind: 'paragraph';
  text: string;
  /** Never empty: no sentence without what it stands on. */
  cites: ReportCite[];
}

export interface ReportTable {
  kind: 'table';
  key: string;
  title: string;
  columns: { name: string; isNumber: boolean }[];
  rows: { cells: string[]; link: string | null }[];
  /** Said in place of the rows where there are none. */
  empty: string;
}

export interface ReportChart {
  kind: 'chart';
  key: string;
  title: string;
  labels: string[];
  series: { name: string; values: number[] }[];
}

export type ReportBlock = ReportParagraph | ReportTable | ReportChart;

export interface ReportSection {
  /** 一、本周概况 */
  heading: string;
  blocks: ReportBlock[];
}

/** A report of a span (周报, or of any days), made from what was kept. The same data gives the same bytes. */
export interface ReportView {
  /** 望川市政务舆情周报 */
  title: string;
  /** 2026年第48期 for a week; null for another span. */
  issue: string | null;
  /** 内部资料 注意保存 */
  secrecy: string;
  /** The office that makes it. */
  publisher: string;
  firstDay: string;
  lastDay: string;
  /** The figures are as they stood then: the end of the span, or now while it lasts. ISO instant. */
  takenAt: string;
  isFinal: boolean;
  sections: ReportSection[];
  /** SHA-256 of everything else in canonical JSON. */
  sha256: string;
}

/** What an editor added to a section, below the system's own words. */
export interface ReportNote {
  heading: string;
  text: string;
}

/** One version of an issue, in lists. */
export interface ReportIssueLine {
  id: string;
  firstDay: string;
  lastDay: string;
  title: string;
  issue: string | null;
  /** 总第N期, given at approval; null before. */
  volume: number | null;
  /** From 1; above that it corrects the one before. */
  version: number;
  state: 'draft' | 'submitted' | 'approved' | 'corrected' | 'withdrawn';
  madeAt: string;
  madeBy: string;
  submittedBy: string | null;
  decidedAt: string | null;
  decidedBy: string | null;
  /** Why it was sent back or withdrawn. */
  reason: string | null;
  /** 更正说明, of a version above 1. */
  change: string | null;
  /** SHA-256 of the frozen content with its notes. */
  sha256: string;
}

/** GET /api/reports/issues/:id */
export interface ReportIssueView extends ReportIssueLine {
  report: ReportView;
  notes: ReportNote[];
  /** What differs from the version before, line by line. */
  changes: { heading: string; before: string | null; after: string | null }[];
  actions: ActionView[];
}

const noteText = z.string().trim().min(1).max(4_000);
const localDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' });

/** POST /api/reports/issues — a draft of the week of a day. */
export const makeReportRequest = z.object({ week: localDay }).strict();
export type MakeReportRequest = z.infer<typeof makeReportRequest>;

/** POST /api/reports/issues/:id/notes — all notes of the draft, in place of those before. */
export const reportNotesRequest = z
  .object({ notes: z.array(z.object({ heading: z.string().min(1).max(60), text: noteText }).strict()).max(20) })
  .strict();
export type ReportNotesRequest = z.infer<typeof reportNotesRequest>;
