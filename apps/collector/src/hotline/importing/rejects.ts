import { createWriteStream, renameSync, rmSync, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Unreadable } from '@huiying/tables';
import { z } from 'zod';

const fault = z.object({ field: z.string(), rule: z.string(), message: z.string() });
const unread = z.strictObject({ _line: z.int(), _faults: z.array(fault).min(1), _text: z.string().optional() });

export interface RowFault {
  line: number;
  faults: z.infer<typeof fault>[];
}
/** A line that is no row, as it stands among the rejected ones: its own columns are unknown. */
export type UnreadLine = z.infer<typeof unread>;

/** What an earlier import wrote of a line that it could not read; null for a row. */
export function toldBefore(row: Record<string, unknown>): UnreadLine | null {
  return unread.safeParse(row).data ?? null;
}

export function unreadLine({ line, rule, message, text }: Unreadable): UnreadLine {
  return { _line: line, _faults: [{ field: '', rule, message }], _text: text };
}

/** The rejected rows as a file, made when the first one comes; readable by its owner only, because callers stand in it. */
export class Rejects {
  private stream: WriteStream | null = null;
  private readonly part: string;

  constructor(private readonly file: string) {
    this.part = `${file}.part`;
  }

  add(row: Record<string, unknown>): void {
    this.stream ??= this.open();
    this.stream.write(`${JSON.stringify(row)}\n`);
  }

  /**
   * @param replaces what an earlier import of the same file left; else that stays, because somebody may be mending it
   * @throws Error where rows could not be written and are to replace something; else what ended the import is the thing to tell
   */
  async close(replaces: boolean): Promise<string | null> {
    const failure = await this.end();
    if (!replaces || failure !== null) rmSync(this.part, { force: true });
    if (!replaces) return null;
    if (failure !== null) throw failure;
    if (this.stream) renameSync(this.part, this.file);
    else rmSync(this.file, { force: true });
    return this.stream ? this.file : null;
  }

  private open(): WriteStream {
    // A disk that is full says so whenever it likes: unheard, it would end the process. The stream keeps the error for our end.
    return createWriteStream(this.part, { mode: 0o600 }).on('error', () => undefined);
  }

  /** Why something could not be written; null where all was. */
  private end(): Promise<Error | null> {
    if (!this.stream) return Promise.resolve(null);
    return finished(this.stream.end()).then(
      () => null,
      (error: Error) => error,
    );
  }
}
