import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import {
  DOCUMENT_NO_AT_MOST,
  importDocumentsRequest,
  isIndexable,
  type DocumentImport,
  type ImportDocumentsRequest,
  type ImportedDocument,
} from '@huiying/contracts/http';
import { BadInput, DOCUMENT_KINDS, DOCUMENT_NUMBER, instantAt, isFreshlyPublished } from '@huiying/domain';
import { check } from '@huiying/platform';
import { PolicyDocuments, type NewPolicyDocument, type Queries, type Tx } from '@huiying/persistence';
import { openTable, type Row } from '@huiying/tables';
import type { Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { DocumentLedger } from './document-ledger.js';

const MOST_ROWS = 5_000;
const COLUMNS = {
  title: ['标题', '文件标题', '文件名称', '名称', '政策名称'],
  documentNo: ['文号', '发文字号', '文件编号'],
  department: ['起草部门', '制发机关', '发文机关', '发布机构', '责任单位', '牵头部门'],
  kind: ['类别', '文件类别', '文件类型'],
  publishedOn: ['公开日期', '发布日期', '公布日期', '公开时间', '发布时间'],
  url: ['网址', '链接', '地址', '文件网址', 'url'],
} as const;
type Column = keyof typeof COLUMNS;
const KNOWN = new Set<string>(Object.values(COLUMNS).flat());

type Read = { line: number; title: string; documentNo: string | null } & ({ fault: string } | { fault: null; document: NewPolicyDocument });

/** Documents into the register from a table (CSV, XLSX) as staff keep it: looked at first, then taken. */
@Injectable()
export class DocumentImporter {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DocumentLedger) private readonly ledger: DocumentLedger,
  ) {}

  /** What a file would bring, or with `apply` what it brought. @throws BadInput for a file that is none */
  async import(request: ImportDocumentsRequest, actor: Actor): Promise<DocumentImport> {
    const { name, content, apply } = check(importDocumentsRequest, request);
    const read = await this.read(name, Buffer.from(content, 'base64'), actor);
    const rows = apply ? await this.store.change((tx, now) => this.take(tx, read, actor, now)) : await lookAt(this.store.database, read);
    const count = (outcome: ImportedDocument['outcome']) => rows.filter((row) => row.outcome === outcome).length;
    return { applied: apply, counts: { new: count('new'), known: count('known'), bad: count('bad') }, rows };
  }

  private async take(tx: Tx, read: readonly Read[], actor: Actor, now: Date): Promise<ImportedDocument[]> {
    const rows: ImportedDocument[] = [];
    for (const one of read) {
      if (one.fault !== null) {
        rows.push(bad(one, one.fault));
        continue;
      }
      const added = await new PolicyDocuments(tx).add(one.document);
      rows.push(added ? fresh(one, one.document) : seen(one));
      if (!added) continue;
      const row = (await new PolicyDocuments(tx).find(one.document.id, null))!;
      await this.ledger.sign({ tx, now }, row, actor, {
        action: 'register',
        text: `导入政策文件《${row.title}》${row.reason ? `，${row.reason}` : ''}`,
      });
      if (row.state === 'published') await this.ledger.startClock(tx, row, row.publishedAt!, actor.name, now);
    }
    return rows;
  }

  private async read(name: string, bytes: Buffer, actor: Actor): Promise<Read[]> {
    const folder = await mkdtemp(join(tmpdir(), 'huiying-documents-'));
    const path = join(folder, 'table');
    try {
      await writeFile(path, bytes);
      const table = await openTable(path, { name, knows: (column) => KNOWN.has(column.trim().toLowerCase()) || KNOWN.has(column.trim()) });
      const read: Read[] = [];
      for await (const row of table.rows) {
        if (read.length >= MOST_ROWS) throw fileFault(`must hold at most ${MOST_ROWS} documents`, `一次最多导入 ${MOST_ROWS} 份`);
        read.push(this.readRow(row, actor));
      }
      if (read.length === 0) throw fileFault('holds no document', '文件中没有可导入的行；须有“标题”“起草部门”两列');
      return read;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private readRow(row: Row, actor: Actor): Read {
    if (!('row' in row)) return { line: row.line, title: '', documentNo: null, fault: row.message };
    const cell = (column: Column): string => {
      const name = Object.keys(row.row).find((key) => (COLUMNS[column] as readonly string[]).includes(key.trim()));
      return name === undefined ? '' : String(row.row[name] ?? '').trim();
    };
    const title = cell('title');
    const documentNo =
      cell('documentNo')
        .replace(/[[（(【]/g, '〔')
        .replace(/[\])）】]/g, '〕') || null;
    const at = { line: row.line, title, documentNo };
    const department = this.departmentOf(cell('department'));
    const published = instantOf(cell('publishedOn'));
    const url = cell('url') || null;
    const kind = cell('kind') || '其他涉及公众的政策文件';
    const now = this.store.now();
    if (department === null) return { ...at, fault: `起草部门“${cell('department')}”不在承办单位名录中` };
    if (published === 'bad') return { ...at, fault: `公开日期“${cell('publishedOn')}”无法识别，应如 2026-11-18` };
    const fault = faultOf({ title, department, documentNo, published, url }, actor, now);
    if (fault !== null) return { ...at, fault };
    const isStock = published !== null && !isFreshlyPublished(published, now);
    const document: NewPolicyDocument = {
      id: randomUUID(),
      title,
      documentNo,
      departmentId: department,
      kind: (DOCUMENT_KINDS as readonly string[]).includes(kind) ? kind : '其他涉及公众的政策文件',
      syncMode: this.city.parts.syncMode,
      state: published === null ? 'drafting' : isStock ? 'exempt' : 'published',
      text: null,
      url,
      publishedAt: published,
      plan: null,
      reason: isStock ? '存量文件：登记时公开已逾一周，不起算解读时限' : null,
      source: '导入',
      createdAt: now,
      createdBy: actor.name,
    };
    return { ...at, fault: null, document };
  }

  private departmentOf(name: string): string | null {
    const bare = name.replace(/\s/g, '');
    if (bare === '') return null;
    const { name: city, departments } = this.city.parts;
    // 望川市教育局 is written 市教育局 as well.
    const called = [bare, bare.startsWith('市') ? `${city}${bare.slice(1)}` : bare];
    return departments.find(({ id, name: full, short }) => [id, full, ...short].some((one) => called.includes(one)))?.id ?? null;
  }
}

async function lookAt(on: Queries, read: readonly Read[]): Promise<ImportedDocument[]> {
  const rows: ImportedDocument[] = [];
  const earlier = new Set<string>();
  for (const one of read) {
    if (one.fault !== null) {
      rows.push(bad(one, one.fault));
      continue;
    }
    const { documentNo, url } = one.document;
    const keys = [documentNo, url].filter((key) => key !== null);
    const isKnown = keys.some((key) => earlier.has(key)) || (await new PolicyDocuments(on).isKnown(documentNo, url));
    keys.forEach((key) => earlier.add(key));
    rows.push(isKnown ? seen(one) : fresh(one, one.document));
  }
  return rows;
}

type Line = Pick<Read, 'line' | 'title' | 'documentNo'>;
const lineOfRow = ({ line, title, documentNo }: Line) => ({ line, title, documentNo });
const bad = (one: Line, said: string): ImportedDocument => ({ ...lineOfRow(one), outcome: 'bad', said });
const seen = (one: Line): ImportedDocument => ({ ...lineOfRow(one), outcome: 'known', said: '文号或网址已登记' });
const COMES = { drafting: '登记为起草中', published: '登记为已公开，起算解读时限', exempt: '登记为存量文件，不起算' } as const;
function fresh(one: Line, { state }: NewPolicyDocument): ImportedDocument {
  return { ...lineOfRow(one), outcome: 'new', said: COMES[state as keyof typeof COMES] };
}

/** A day is its start in China; a day with a time is that moment. */
function instantOf(text: string): Date | null | 'bad' {
  if (text === '') return null;
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]+(\d{1,2}):(\d{2}))?/.exec(text);
  if (!match) return 'bad';
  const [, year, month, day, hour = '0', minute = '00'] = match;
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  if (Number.isNaN(Date.parse(date)) || new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return 'bad';
  return instantAt(date, `${hour.padStart(2, '0')}:${minute}`);
}

function fileFault(rule: string, message: string): BadInput {
  return new BadInput([{ field: 'content', rule, message }]);
}

interface ReadCells {
  title: string;
  department: string;
  documentNo: string | null;
  published: Date | null;
  url: string | null;
}

/** What is wrong with a row that could be read, in Chinese; null where nothing is. */
function faultOf({ title, department, documentNo, published, url }: ReadCells, actor: Actor, now: Date): string | null {
  if (title.length < 4) return '缺少标题';
  if (actor.role === 'department-lead' && department !== actor.departmentId) return '只能导入本部门起草的文件';
  if (documentNo !== null && documentNo.length > DOCUMENT_NO_AT_MOST) return `文号应为至多 ${DOCUMENT_NO_AT_MOST} 字`;
  if (documentNo !== null && !DOCUMENT_NUMBER.test(documentNo)) return `文号“${documentNo}”不合格式，应如 望政办发〔2026〕31号`;
  if (published !== null && published > now) return '公开日期晚于今天';
  if (url !== null && !(URL.canParse(url) && /^https?:/.test(url))) return '网址须以 http 或 https 开头';
  if (url !== null && !isIndexable(url)) return '网址过长';
  return null;
}
