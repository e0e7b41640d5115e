import type { ReportView } from '@huiying/contracts/http';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const PDF = 'application/pdf';

/** 望川市政务舆情周报2026年第48期.docx */
export function fileName({ title, issue, firstDay, lastDay }: ReportView, extension: string): string {
  return `${title}${issue ?? `${firstDay}至${lastDay}`}.${extension}`;
}
