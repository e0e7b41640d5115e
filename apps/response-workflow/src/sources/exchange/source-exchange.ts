import { Inject, Injectable } from '@nestjs/common';
import type { SourceSetting } from '@huiying/contracts';
import type { ImportedSource, SourceImport } from '@huiying/contracts/http';
import { BadInput } from '@huiying/domain';
import { decodeDocument } from '@huiying/fetching';
import { SourceReports } from '@huiying/persistence';
import type { Actor } from '../../accounts/index.js';
import { BOM, csvLine } from '../../query/index.js';
import { WorkflowStore } from '../../timeline/index.js';
import { changesBetween } from '../setting-words.js';
import { SourceDesk } from '../source-desk.js';
import { readWritten, type WrittenSource } from './new-setting.js';
import { readOpml, writeOpml } from './opml.js';
import { readSourceCsv, sourceTable } from './source-csv.js';

/** More sources than a city has; the whole file is one commit. */
const MOST_SOURCES = 2_000;

/** A line that was looked at, with its setting where that is good. */
interface Looked {
  row: ImportedSource;
  setting: SourceSetting | null;
}

/** Sources in and out as files: OPML, which feed readers know, and CSV, which spreadsheets know. */
@Injectable()
export class SourceExchange {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(SourceDesk) private readonly desk: SourceDesk,
  ) {}

  async opml(): Promise<string> {
    return writeOpml(await this.settings(), '回应 信源清单');
  }

  async csv(): Promise<string> {
    return `${BOM}${sourceTable(await this.settings())
      .map(csvLine)
      .join('')}`;
  }

  /** What a file would bring, or with `apply` what it brought. @throws BadInput for a file that is none */
  async import(
    { format, content, apply }: { format: 'opml' | 'csv'; content: string; apply: boolean },
    actor: Actor,
  ): Promise<SourceImport> {
    const { text } = decodeDocument(Buffer.from(content, 'base64'));
    const written = format === 'opml' ? readOpml(text) : readSourceCsv(text);
    if (written.length === 0) throw fileFault('holds no source', '文件中没有可导入的信源');
    if (written.length > MOST_SOURCES) throw fileFault(`must hold at most ${MOST_SOURCES} sources`, `一次最多导入 ${MOST_SOURCES} 个信源`);
    const looked = lookAt(written, await new SourceReports(this.store.database).settings());
    const good = looked.flatMap(({ row, setting }) =>
      setting !== null && (row.outcome === 'new' || row.outcome === 'changed') ? [setting] : [],
    );
    if (apply && good.length > 0) await this.desk.import(good, actor);
    const rows = looked.map(({ row }) => row);
    const count = (outcome: ImportedSource['outcome']) => rows.filter((row) => row.outcome === outcome).length;
    return { applied: apply, counts: { new: count('new'), changed: count('changed'), known: count('known'), bad: count('bad') }, rows };
  }

  private async settings(): Promise<SourceSetting[]> {
    const rows = await new SourceReports(this.store.database).settings();
    // The hotline is laid down in the file of the configuration.
    return rows.flatMap(({ url, setting }) => (url === null || !setting ? [] : setting));
  }
}

type Known = { sourceId: string; url: string | null; setting: SourceSetting | null };

/** Each line of a file against the list and the lines before it. A known address is the same source, whatever the file calls it. Pure. */
export function lookAt(written: readonly WrittenSource[], known: readonly Known[]): Looked[] {
  const byUrl = new Map(known.flatMap((source) => (source.url === null ? [] : [[source.url, source] as const])));
  const ids = new Set(known.map(({ sourceId }) => sourceId));
  const seen = new Set<string>();
  return written.map(({ line, setting: words }) => {
    const read = readWritten(words);
    const name = typeof words.name === 'string' ? words.name : '';
    const bad = (...faults: string[]): Looked => ({
      row: { line, name, url: typeof words.url === 'string' ? words.url : null, outcome: 'bad', faults },
      setting: null,
    });
    if ('faults' in read) return bad(...read.faults);
    const { url } = read.setting;
    const before = byUrl.get(url!);
    if (seen.has(url!)) return bad('与文件中前面的一行地址相同');
    seen.add(url!);
    if (before === undefined && ids.has(read.setting.id)) return bad(`标识 ${read.setting.id} 已被其他信源使用`);
    ids.add(read.setting.id);
    const setting: SourceSetting =
      before === undefined ? read.setting : { ...before.setting, ...read.setting, ...absentIn(words, before.setting), id: before.sourceId };
    const outcome = before === undefined ? 'new' : changesBetween(before.setting, setting) === '无改动' ? 'known' : 'changed';
    return { row: { line, name: setting.name, url, outcome, faults: [] }, setting };
  });
}

/** What the file does not speak of stays as it is. */
function absentIn(words: Record<string, unknown>, before: SourceSetting | null): Partial<SourceSetting> {
  return Object.fromEntries(Object.entries(before ?? {}).filter(([field]) => words[field] === undefined || words[field] === ''));
}

function fileFault(rule: string, message: string): BadInput {
  return new BadInput([{ field: 'content', rule, message }]);
}
