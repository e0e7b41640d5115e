import { createHash } from 'node:crypto';
import type { EvidenceRequest } from '@huiying/contracts/http';
import { BadInput } from '@huiying/domain';
import type { EvidenceFile } from '@huiying/persistence';

/** Largest file taken as proof. */
export const LARGEST_FILE_BYTES = 6_000_000;

/** Proof as it came in, with the bytes that will be kept. */
export interface PreparedEvidence {
  kind: 'statement' | 'press-conference';
  url: string | null;
  publishedAt: Date;
  note: string;
  fileName: string | null;
  sha256: string | null;
  captureFailure: string | null;
  file: EvidenceFile | null;
}

const MAGIC: [string, Buffer][] = [
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/gif', Buffer.from('GIF8')],
  ['application/pdf', Buffer.from('%PDF-')],
];

/** What a file is by its first bytes; anything else is only ever offered as a download. */
export function mediaTypeOf(bytes: Buffer): string {
  const isVideo = bytes.subarray(4, 8).toString('latin1') === 'ftyp';
  return (
    MAGIC.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic))?.[0] ?? (isVideo ? 'video/mp4' : 'application/octet-stream')
  );
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The uploaded file, decoded; null where none came.
 * @throws BadInput when it is empty, no base64, or larger than 6 MB
 */
export function decodeFile(file: NonNullable<EvidenceRequest['file']> | null | undefined): { name: string; bytes: Buffer } | null {
  if (!file) return null;
  const field = 'file.contentBase64';
  const bytes = Buffer.from(file.contentBase64, 'base64');
  // Four letters of base64 make three bytes; where fewer came out, something else was among them.
  const letters = file.contentBase64.replaceAll(/[\s=]/g, '').length;
  if (bytes.length === 0 || bytes.length !== Math.floor((letters * 3) / 4)) {
    throw new BadInput([{ field, rule: 'must be the base64 of a file that is not empty', message: '文件为空或传输有误，请重新选择' }]);
  }
  if (bytes.length > LARGEST_FILE_BYTES) {
    throw new BadInput([{ field, rule: `must be at most ${LARGEST_FILE_BYTES} bytes`, got: bytes.length, message: '文件不能超过 6 MB' }]);
  }
  return { name: file.name, bytes };
}
