import type { Readable } from 'node:stream';
import { Parser } from 'htmlparser2';
import yauzl from 'yauzl';
import { BadInput } from '@huiying/domain';

/** What a workbook may weigh. A zip tells of a gigabyte in a kilobyte, so both sides are bounded. */
export interface WorkbookLimits {
  /** The file as it lies on the disk. */
  fileBytes: number;
  /** All parts together, unpacked. */
  unpackedBytes: number;
  parts: number;
}
export const WORKBOOK_LIMITS: WorkbookLimits = { fileBytes: 64 << 20, unpackedBytes: 400 << 20, parts: 5_000 };

/** A sheet by its name, as the workbook's list has it. */
export interface Sheet {
  index: number;
  name: string;
  isHidden: boolean;
}

const LIST = /^\/?xl\/workbook\.xml$/i;
const LIST_MOST = 1 << 20;

/**
 * Looks into a workbook before anything of it is unpacked: too heavy, too many parts, or a part whose size is not told is refused. The
 * reader unpacks no part beyond the size told here.
 * @throws BadInput what is wrong with the file, in words for whoever chose it
 */
export async function inspectWorkbook(bytes: Buffer, limits: WorkbookLimits = WORKBOOK_LIMITS): Promise<Sheet[]> {
  if (bytes.length > limits.fileBytes)
    throw refused('must not be larger', `文件超过 ${megabytes(limits.fileBytes)} MB，请分成几个文件导入`);
  if (bytes.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1') {
    throw refused('must be .xlsx without a password', '这是旧版 .xls 或加了密码的表格，请另存为不加密的 .xlsx 后再导入');
  }
  try {
    return await inspect(bytes, limits);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw refused(`must be a workbook: ${(error as Error).message}`, '表格文件已损坏，无法打开；请在表格软件中重新保存后再导入');
  }
}

async function inspect(bytes: Buffer, limits: WorkbookLimits): Promise<Sheet[]> {
  const zip = await yauzl.fromBufferPromise(bytes);
  let unpacked = 0;
  let parts = 0;
  let sheets: Sheet[] | null = null;
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    const hidesItsSize = entry.uncompressedSize === 0 && entry.compressedSize > 16;
    if (++parts > limits.parts || unpacked > limits.unpackedBytes || hidesItsSize) {
      throw refused(
        'must not unpack to more',
        `表格解开后过大（上限 ${megabytes(limits.unpackedBytes)} MB），请删去多余的工作表或图片，或分成几个文件`,
      );
    }
    if (LIST.test(entry.fileName)) sheets = sheetsIn(await textOf(await zip.openReadStreamPromise(entry)));
  }
  if (sheets === null || sheets.length === 0) throw refused('must hold a sheet', '这不是 Excel 表格（.xlsx），或其中没有工作表');
  return sheets;
}

function sheetsIn(xml: string): Sheet[] {
  const sheets: Sheet[] = [];
  const onopentag = (tag: string, attributes: Record<string, string>): void => {
    if (tag.replace(/^.*:/, '') !== 'sheet' || attributes.name === undefined) return;
    sheets.push({ index: sheets.length, name: attributes.name, isHidden: /hidden/i.test(attributes.state ?? '') });
  };
  const parser = new Parser({ onopentag }, { xmlMode: true, decodeEntities: true });
  parser.end(xml);
  return sheets;
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if ((size += chunk.length) > LIST_MOST) throw refused('must list its sheets in less than a megabyte', '表格文件异常，无法打开');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refused(rule: string, message: string): BadInput {
  return new BadInput([{ field: 'file', rule, message }]);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (1 << 20));
}
