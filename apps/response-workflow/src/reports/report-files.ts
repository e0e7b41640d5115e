import { StreamableFile } from '@nestjs/common';
import type { ReportView } from '@huiying/contracts/http';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const PDF = 'application/pdf';

/** 望川市政务舆情周报2026年第48期.docx */
export function fileName({ title, issue, firstDay, lastDay }: ReportView, extension: string): string {
  return `${title}${issue ?? `${firstDay}至${lastDay}`}.${extension}`;
}

export interface FileAnswer {
  setHeader(name: string, value: string): void;
}

export function fileAnswer(bytes: Buffer, type: string, report: ReportView, extension: string, answer: FileAnswer): StreamableFile {
  answer.setHeader('cache-control', 'no-store');
  const name = encodeURIComponent(fileName(report, extension));
  return new StreamableFile(bytes, { type, disposition: `attachment; filename="report.${extension}"; filename*=UTF-8''${name}` });
}
