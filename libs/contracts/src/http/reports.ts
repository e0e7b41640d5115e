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
