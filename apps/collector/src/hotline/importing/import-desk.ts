import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HOTLINE_FIELD_WORDS, type HotlineImportView } from '@huiying/contracts/http';
import { BadInput, NotFound, Refusal, type Clock } from '@huiying/domain';
import type { LogVoice } from '@huiying/messaging';
import { HotlineDesk, type Store } from '@huiying/persistence';
import { makeFolder } from '@huiying/platform';
import { workbookOf } from '@huiying/tables';
import type { HotlineIntake } from '../hotline-intake.js';
import { faultWords } from './fault-words.js';
import { chosenMapping, type Field } from './column-mapping.js';
import { importFile } from './import-file.js';
import { columnsHash, previewOf, type Preview } from './import-preview.js';

const MOST_BYTES = 64 << 20;
/** An upload that nobody comes back to is removed: callers stand in it. */
const KEPT_MS = 3_600_000;
const FAULTS_SHOWN = 50;

export interface Choice {
  sheet: string | null;
  headerLine: number | null;
  mapping: Partial<Record<Field, string | null>> | null;
}
interface Job {
  view: HotlineImportView;
  file: string;
  touchedAt: Date;
  by: string;
}

export interface ImportDeskParts {
  store: Store;
  intake: Pick<HotlineIntake, 'take'>;
  clock: Clock;
  voice: LogVoice;
  /** Of this copy's data; readable by its owner only. */
  folder: string;
}

/**
 * Imports that staff make at the console: upload, look, choose, run. Files lie in this process's data folder until an hour after they were
 * last looked at and are gone after a restart; what was taken of them stays taken, and the same file can be imported again.
 */
export class ImportDesk {
  private readonly jobs = new Map<string, Job>();

  constructor(private readonly parts: ImportDeskParts) {
    rmSync(parts.folder, { recursive: true, force: true });
  }

  /** @throws BadInput for a file that is no table, or too large */
  async upload(fileName: string, body: Readable, by: string): Promise<HotlineImportView> {
    this.sweep();
    makeFolder(this.parts.folder, 0o700);
    const importId = randomUUID();
    const file = join(this.parts.folder, importId);
    try {
      await keep(body, file);
      const preview = await this.look(file, fileName, { sheet: null, headerLine: null, mapping: null });
      const view: HotlineImportView = { importId, fileName, state: 'ready', progress: null, rejected: [], failure: null, ...preview };
      this.jobs.set(importId, { view, file, touchedAt: this.parts.clock.now(), by });
      return view;
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
  }

  view(importId: string): HotlineImportView {
    return this.job(importId).view;
  }

  async choose(importId: string, choice: Choice): Promise<HotlineImportView> {
    const job = this.job(importId);
    if (job.view.state === 'running') throw alreadyRunning();
    job.view = {
      ...job.view,
      state: 'ready',
      progress: null,
      rejected: [],
      failure: null,
      ...(await this.look(job.file, job.view.fileName, choice)),
    };
    return job.view;
  }

  /** Starts the import and remembers the mapping for files with the same columns. */
  async run(importId: string, choice: Choice): Promise<HotlineImportView> {
    const chosen = await this.choose(importId, choice);
    const job = this.job(importId);
    if (chosen.missing.length > 0) {
      throw new BadInput(
        chosen.missing.map((field) => ({
          field: `mapping.${field}`,
          rule: 'must have a column',
          message: `${HOTLINE_FIELD_WORDS[field]}：必须指定对应的列`,
        })),
      );
    }
    await new HotlineDesk(this.parts.store.database).remember(
      columnsHash(chosen.columns),
      chosen.mapping as Record<string, string | null>,
      this.parts.clock.now(),
      job.by,
    );
    job.view = { ...chosen, state: 'running', progress: { rows: 0, accepted: 0, unchanged: 0, rejected: 0, share: 0 } };
    void this.work(job);
    return job.view;
  }

  /** The rejected rows as a workbook: mended there, it can be imported itself. */
  async rejected(importId: string): Promise<Buffer> {
    const { view, file } = this.job(importId);
    const rejects = `${file}.rejected.jsonl`;
    if (!existsSync(rejects)) throw new NotFound('rejected rows of import', importId);
    const rows = readFileSync(rejects, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(
        (line) =>
          JSON.parse(line) as Record<string, unknown> & { _line: number; _faults: { field: string; rule: string; message: string }[] },
      );
    const cells = rows.map((row) => [
      ...view.columns.map((column) => textOf(row[column])),
      String(row._line),
      row._faults.map(faultWords).join('；'),
    ]);
    return workbookOf('未导入', [...view.columns, '原行号', '未导入原因'], cells);
  }

  private async work(job: Job): Promise<void> {
    const { view, file } = job;
    const rejected: HotlineImportView['rejected'] = [];
    try {
      await importFile({
        file,
        name: view.fileName,
        mapping: chosenMapping(view.mapping),
        sheet: view.sheet ?? undefined,
        headerLine: view.headerLine ?? undefined,
        take: (records) => this.parts.intake.take(records),
        progress: ({ rows, accepted, unchanged, rejected: refused }, share) => {
          job.touchedAt = this.parts.clock.now();
          job.view = { ...job.view, progress: { rows, accepted, unchanged, rejected: refused, share }, rejected: [...rejected] };
        },
        rejected: ({ line, faults }) => void (rejected.length < FAULTS_SHOWN && rejected.push({ line, faults: faults.map(faultWords) })),
      });
      job.view = { ...job.view, state: 'done', rejected };
    } catch (error) {
      const said =
        error instanceof BadInput
          ? error.faults.map((f) => f.message ?? f.rule).join('；')
          : '导入中断：系统暂时不可用，可重新导入，已收下的不会重复';
      if (!(error instanceof BadInput)) this.parts.voice.error(`hotline import: ${(error as Error).stack}`);
      job.view = { ...job.view, state: 'failed', failure: said, rejected };
    }
  }

  private look(file: string, name: string, choice: Choice): Promise<Preview> {
    const desk = new HotlineDesk(this.parts.store.database);
    return previewOf({ file, name, ...choice, now: this.parts.clock.now(), remembered: (hash) => desk.mapping(hash) });
  }

  private job(importId: string): Job {
    this.sweep();
    const job = this.jobs.get(importId);
    if (!job) throw new NotFound('import', importId);
    job.touchedAt = this.parts.clock.now();
    return job;
  }

  private sweep(): void {
    const before = this.parts.clock.now().getTime() - KEPT_MS;
    for (const [id, { touchedAt, file, view }] of this.jobs) {
      if (touchedAt.getTime() > before || view.state === 'running') continue;
      for (const path of [file, `${file}.rejected.jsonl`]) rmSync(path, { force: true });
      this.jobs.delete(id);
    }
  }
}

/** As a pipeline, because whichever end fails, the other is closed, and nobody but the caller hears of it. The caller removes the file. */
async function keep(body: Readable, file: string): Promise<void> {
  const out = createWriteStream(file, { mode: 0o600 });
  const closed = new Promise<void>((resolve) => out.once('close', () => resolve()));
  let bytes = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _, done) => ((bytes += chunk.length) > MOST_BYTES ? done(tooLarge()) : done(null, chunk)),
  });
  // A pipeline that breaks off may do so before the file is there at all: removed too early, it would come back.
  await pipeline(body, counted, out).finally(() => closed);
  if (bytes === 0) throw new BadInput([{ field: 'file', rule: 'must not be empty', message: '文件是空的' }]);
}

function tooLarge(): BadInput {
  return new BadInput([
    { field: 'file', rule: `must not be larger than ${MOST_BYTES} bytes`, message: '文件超过 64 MB，请分成几个文件导入' },
  ]);
}

function alreadyRunning(): Refusal {
  return new Refusal('import-running', 'this import runs already', '该文件正在导入');
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string);
}
