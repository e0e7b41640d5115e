/** One value of a sheet or a line, before anybody gave it a meaning. Times are written yyyy-MM-dd HH:mm:ss, as the sheet shows them. */
export type Cell = string | number | boolean | null;

/** A line of a table as it stands in the file. */
export interface GridLine {
  /** As staff count: the first line of the file or sheet is 1. */
  line: number;
  cells: Cell[];
  /** Bytes of the file up to the end of this line; an estimate where it cannot be known. */
  through: number;
  /** Positions of numbers with more digits than a spreadsheet keeps (15): their last digits are gone. */
  rounded?: number[];
}

/** What is no line of a table, and why. */
export interface Unreadable {
  line: number;
  through: number;
  rule: string;
  message: string;
  /** How the line begins, where it could be told from the others. */
  text?: string;
}

/** A row with its columns by name, or why a line is none. */
export type Row = { line: number; through: number; row: Record<string, unknown>; rounded?: string[] } | Unreadable;

export type TableKind = 'csv' | 'jsonl' | 'xlsx';
