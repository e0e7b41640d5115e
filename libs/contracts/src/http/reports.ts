import { z } from 'zod';
import type { ActionView } from './cases.js';
import { DAY_RULE, idField, isOfOurYears, YEARS_RULE } from './fields.js';

/** 日报 · 周报 · 月报 · 任意时段 · 专报 */
export type ReportKind = 'daily' | 'weekly' | 'monthly' | 'span' | 'special';

/** A row of the console that a figure or a sentence stands on. */
export interface ReportCite {
  /** What it is called there: 望舆〔2026〕17号. */
  text: string;
  /** Where it stands on the console, e.g. /cases/…; null for a rule or a definition. */
  link: string | null;
}

export interface ReportParagraph {
  kind: 'paragraph';
  /** （一）… over the text, where the section has such. */
  heading?: string;
  text: string;
  /** Never empty: no sentence without what it stands on. */
  cites: ReportCite[];
}

export interface ReportTable {
  kind: 'table';
  key: string;
  title: string;
  columns: { name: string; isNumber: boolean }[];
  /** `more`: other lists that hold some of what the row counts. */
  rows: { cells: string[]; link: string | null; more?: ReportCite[] }[];
  /** Said in place of the rows where there are none. */
  empty: string;
}

export interface ReportChart {
  kind: 'chart';
  key: string;
  title: string;
  /** What the labels are; days where it is left out. */
  labelName?: string;
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
  /** 总第N期, of an issue that was approved; it is given then and is no part of what was counted. */
  volume?: number | null;
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

/** How far the counting of a report is: GET /api/reports/steps tells it line by line (NDJSON), and at last the report. */
export interface ReportPart {
  done: number;
  of: number;
  /** What is counted now: 热线工单. */
  doing: string;
}

/** A line of GET /api/reports/steps. */
export type ReportLine = ReportPart | { report: ReportView };

/** What an editor added to a section, below the system's own words. */
export interface ReportNote {
  heading: string;
  text: string;
}

/** One version of an issue, in lists. */
export interface ReportIssueLine {
  id: string;
  kind: ReportKind;
  /** Of a 专报 alone. */
  caseId: string | null;
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
  /** When the schedule that made it wanted it (ISO instant); null where a person made it. */
  scheduledFor: string | null;
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
const localDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, DAY_RULE)
  .refine(isOfOurYears, YEARS_RULE);

/** What span a report is of: the day, week or month of a day, or the first and last day of any. */
const spanFields = {
  day: localDay.optional(),
  week: localDay.optional(),
  month: localDay.optional(),
  /** A 专报 on this case, as it stands now. */
  case: idField.optional(),
  from: localDay.optional(),
  to: localDay.optional(),
};

/** GET /api/reports?… — without a span, the week that ended last. */
export const reportSpanQuery = z.object(spanFields);
export type ReportSpanQuery = z.infer<typeof reportSpanQuery>;

/** POST /api/reports/issues — a draft of a span that has ended. */
export const makeReportRequest = z.object(spanFields).strict();
export type MakeReportRequest = z.infer<typeof makeReportRequest>;

/** POST /api/reports/issues/:id/notes — all notes of the draft, in place of those before. */
export const reportNotesRequest = z
  .object({ notes: z.array(z.object({ heading: z.string().min(1).max(60), text: noteText }).strict()).max(20) })
  .strict();
export type ReportNotesRequest = z.infer<typeof reportNotesRequest>;

/** When drafts are made (定时起草). */
export interface ReportScheduleView {
  id: string;
  name: string;
  kind: 'daily' | 'weekly' | 'monthly';
  /** Of a 周报: 1 = Monday … 7 = Sunday. */
  weekday: number | null;
  /** Of a 月报: 1–28. */
  monthDay: number | null;
  /** HH:MM, Asia/Shanghai. */
  time: string;
  /** On a day off: at the same time of the next working day, or on the day all the same. */
  onDayOff: 'move' | 'anyway';
  isOn: boolean;
  /** ISO instant; null while it is off. */
  nextAt: string | null;
  changedAt: string;
  changedBy: string;
}

/** One run of a schedule. */
export interface ReportRunView {
  /** null where the schedule is gone. */
  scheduleName: string | null;
  firstDay: string;
  lastDay: string;
  dueAt: string;
  madeAt: string;
  /** Minutes after its instant, where that is late (an outage); null where it was made in time. */
  lateMinutes: number | null;
  /** existed: somebody had drafted it before. */
  outcome: 'made' | 'existed';
  issueId: string | null;
  /** Why it was not on its day: 国庆节放假. */
  movedBecause: string | null;
}

/** GET /api/reports/schedules */
export interface ReportSchedulesView {
  schedules: ReportScheduleView[];
  /** The newest first. */
  runs: ReportRunView[];
}

/** POST /api/reports/schedules, and …/:id in place of what it was. */
export const reportScheduleRequest = z
  .object({
    name: z.string().trim().min(1).max(40),
    kind: z.enum(['daily', 'weekly', 'monthly']),
    weekday: z.number().int().min(1).max(7).nullable().default(null),
    monthDay: z.number().int().min(1).max(28).nullable().default(null),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time as HH:MM' }),
    onDayOff: z.enum(['move', 'anyway']),
    isOn: z.boolean(),
  })
  .strict()
  .refine(({ kind, weekday }) => kind !== 'weekly' || weekday !== null, {
    path: ['weekday'],
    message: 'must be given for a weekly schedule',
  })
  .refine(({ kind, monthDay }) => kind !== 'monthly' || monthDay !== null, {
    path: ['monthDay'],
    message: 'must be given for a monthly schedule',
  });
export type ReportScheduleRequest = z.infer<typeof reportScheduleRequest>;

const reportKind = z.enum(['daily', 'weekly', 'monthly', 'span', 'special']);

/** Somebody on a list: an account, or somebody outside. */
const reportReader = z.union([
  z.object({ personId: idField }).strict(),
  z.object({ name: z.string().trim().min(1).max(60), address: z.email({ message: 'must be a mail address' }).max(200) }).strict(),
]);

/** POST /api/reports/lists, and …/:id in place of what it was. */
export const reportListRequest = z
  .object({
    name: z.string().trim().min(1).max(40),
    kinds: z.array(reportKind).min(1, { message: 'must name at least one kind of report' }),
    readers: z.array(reportReader).min(1, { message: 'must name at least one reader' }).max(500),
    isOn: z.boolean(),
  })
  .strict();
export type ReportListRequest = z.infer<typeof reportListRequest>;

/** A distribution list (分发名单). */
export interface ReportListView extends ReportListRequest {
  id: string;
  /** As people read them, in the order of `readers`; address null where an account has none. */
  known: { name: string; address: string | null; isOutside: boolean }[];
  changedAt: string;
  changedBy: string;
}

/** GET /api/reports/lists */
export interface ReportListsView {
  lists: ReportListView[];
  /** Accounts that can be put on a list. */
  accounts: { id: string; name: string; hasAddress: boolean }[];
}

/** One copy of an issue, or word of its withdrawal, for one reader. */
export interface ReportSendingView {
  id: string;
  what: 'issue' | 'recall';
  round: number;
  name: string;
  address: string | null;
  state: 'asked' | 'sent' | 'accepted' | 'failed' | 'cancelled';
  askedAt: string;
  askedBy: string;
  sentAt: string | null;
  settledAt: string | null;
  attempts: number;
  /** What the other end said, or why not. */
  detail: string | null;
}

/** GET /api/reports/issues/:id/sendings — the ledger of who got it. */
export interface ReportSendingsView {
  sendings: ReportSendingView[];
  /** Who would get it if it were sent now, and has not. */
  missing: { name: string; address: string | null }[];
  /** In Chinese, why nothing can be sent now; null where it can. */
  whyNot: string | null;
}
