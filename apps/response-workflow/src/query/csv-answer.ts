import { StreamableFile } from '@nestjs/common';

/** A CSV as a download with a Chinese name. */
export function csvAnswer(text: string, name: string, answer: { setHeader(name: string, value: string): void }): StreamableFile {
  answer.setHeader('cache-control', 'no-store');
  const disposition = `attachment; filename="export.csv"; filename*=UTF-8''${encodeURIComponent(`${name}.csv`)}`;
  return new StreamableFile(Buffer.from(text, 'utf8'), { type: 'text/csv; charset=utf-8', disposition });
}
