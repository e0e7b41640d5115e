import type { HotlineIntakeAnswer } from '@huiying/contracts/http';
import { BadInput } from '@huiying/domain';
import { openTable, type Row, type TableKind } from '@huiying/tables';
import { Columns, isKnownTo, type ColumnMapping } from './column-mapping.js';
import { lostDigits } from './lost-digits.js';
import { Rejects, toldBefore, unreadLine, type RowFault, type UnreadLine } from './rejects.js';

/** Takes records the way the HTTP API does. */
export type Take = (records: readonly unknown[]) => Promise<Pick<HotlineIntakeAnswer, 'results'>>;

export interface ImportOptions {
  file: string;
  mapping: ColumnMapping;
  take: Take;
  /** Sheet of a workbook; without it the one whose header is known best. */
  sheet?: string | undefined;
  /** The line that names the columns; without it the line is found. */
  headerLine?: number | undefined;
  /** What the file is called, where it lies under another name. */
  name?: string | undefined;
  /** Told after each batch, with the share of the file read, 0 to 1. */
  progress?: (summary: Readonly<ImportSummary>, share: number) => void;
  /** Told of each rejected row, as it is found. */
  rejected?: (fault: RowFault) => void;
}

export interface ImportSummary {
  rows: number;
  accepted: number;
  unchanged: number;
  rejected: number;
  /** Of those rejected, lines that are no rows: they can be mended in the original only. */
  unreadable: number;
  /** Columns of the file that nothing was taken from. */
  unusedColumns: string[];
  /** Where the rejected rows were written, null where there were none. */
  rejectedFile: string | null;
}

const BATCH = 500;
/** Well under the 16 MB that the API takes at once, at three bytes a character. */
const BATCH_CHARACTERS = 3_000_000;

/** A row with the record made of it. */
interface Pending {
  line: number;
  row: Record<string, unknown>;
  record: Record<string, unknown>;
}

/**
 * Sends a file's rows to the intake in batches and writes the rejected ones beside it as FILE.rejected.jsonl: mended there, that file
 * can be imported itself. The file is read as a stream, so its size does not matter.
 * @throws BadInput when no column can fill a field that every record needs
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const { rows, kind, bytes } = await openTable(options.file, { ...options, knows: isKnownTo(options.mapping) });
  const work = new Import(options, kind, bytes);
  try {
    for await (const row of rows) await work.add(row);
    await work.flush();
    options.progress?.(work.summary, 1);
    work.isAnswered = true;
  } finally {
    work.summary.rejectedFile = await work.rejects.close(work.isAnswered);
  }
  return work.summary;
}

class Import {
  readonly rejects: Rejects;
  readonly summary: ImportSummary = {
    ...{ rows: 0, accepted: 0, unchanged: 0, rejected: 0, unreadable: 0 },
    unusedColumns: [],
    rejectedFile: null,
  };
  /** Whether anything came of it: what an earlier import of the file left beside it is of no more use. */
  isAnswered = false;
  private batch: Pending[] = [];
  private characters = 0;
  private through = 0;
  private columns: Columns | null = null;

  constructor(
    private readonly options: ImportOptions,
    private readonly kind: TableKind,
    private readonly bytes: number,
  ) {
    this.rejects = new Rejects(`${options.file}.rejected.jsonl`);
  }

  async add(row: Row): Promise<void> {
    this.summary.rows++;
    this.through = row.through;
    if (!('row' in row)) return this.rejectUnread(unreadLine(row));
    const told = toldBefore(row.row);
    if (told !== null) return this.rejectUnread(told);
    const columns = this.columnsOf(row.row);
    for (const column of columns.unused) if (!this.summary.unusedColumns.includes(column)) this.summary.unusedColumns.push(column);
    const record = columns.recordOf(row.row);
    const faults = lostDigits(columns, row.row, row.rounded);
    if (faults.length > 0) return this.reject(row.line, faults, row.row);
    this.batch.push({ line: row.line, row: row.row, record });
    this.characters += JSON.stringify(record).length;
    if (this.batch.length >= BATCH || this.characters >= BATCH_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.batch.length > 0) {
      const { results } = await this.options.take(this.batch.map((pending) => pending.record));
      this.isAnswered = true;
      for (const { index, outcome, faults } of results) {
        const { line, row } = this.batch[index]!;
        if (outcome === 'rejected') this.reject(line, faults ?? [], row);
        else this.summary[outcome]++;
      }
    }
    this.batch = [];
    this.characters = 0;
    this.options.progress?.(this.summary, Math.min(this.through / Math.max(this.bytes, 1), 1));
  }

  /** Every row of a CSV has the header's columns; a row of JSON Lines has its own. A first row without what is needed ends the import. */
  private columnsOf(row: Record<string, unknown>): Columns {
    if (this.columns && this.kind !== 'jsonl') return this.columns;
    const names = Object.keys(row);
    const columns = new Columns(this.options.mapping, names);
    if (!this.columns && columns.missing.length > 0) throw new BadInput(columns.missing.map((field) => noColumn(field, names)));
    return (this.columns = columns);
  }

  private rejectUnread({ _line: line, _faults: faults, _text: text }: UnreadLine): void {
    this.summary.unreadable++;
    this.reject(line, faults, text === undefined ? {} : { _text: text });
  }

  private reject(line: number, faults: RowFault['faults'], row: Record<string, unknown>): void {
    this.summary.rejected++;
    this.rejects.add({ ...row, _line: line, _faults: faults });
    this.options.rejected?.({ line, faults });
  }
}

function noColumn(field: string, columns: readonly string[]) {
  const names = columns.join('、');
  return {
    field,
    rule: `must have a column; the file has ${names}; name the right one in a --mapping file`,
    message: `文件中找不到 ${field} 对应的列（现有列：${names}），请用 --mapping 指定`,
  };
}
