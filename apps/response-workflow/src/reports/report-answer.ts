import { StreamableFile } from '@nestjs/common';
import type { ReportView } from '@huiying/contracts/http';
import { reportDocument } from './report-document.js';
import { DOCX, fileName, PDF, XLSX } from './report-files.js';
import { reportPdf } from './report-pdf.js';
import { reportWorkbook } from './report-workbook.js';

export interface FileAnswer {
  setHeader(name: string, value: string): void;
}

const FORMS = {
  docx: { type: DOCX, make: reportDocument },
  pdf: { type: PDF, make: reportPdf },
  xlsx: { type: XLSX, make: reportWorkbook },
};

/** A report as a download: Word in the layout of GB/T 9704, the same as PDF, or every table as a sheet. */
export async function reportFile(form: keyof typeof FORMS, report: ReportView, answer: FileAnswer): Promise<StreamableFile> {
  const { type, make } = FORMS[form];
  answer.setHeader('cache-control', 'no-store');
  const name = encodeURIComponent(fileName(report, form));
  return new StreamableFile(await make(report), { type, disposition: `attachment; filename="report.${form}"; filename*=UTF-8''${name}` });
}
