import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ReportIssueLine, ReportIssueView, ReportNote, ReportView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';

export const reportQuery = (search: string) =>
  queryOptions({
    queryKey: ['reports', search],
    queryFn: ({ signal }) => ask<ReportView>('GET', `/api/reports?${search}`, undefined, signal),
    placeholderData: keepPreviousData,
  });

/** Versions of a week's issue, the newest first. */
export const issuesQuery = (firstDay: string) =>
  queryOptions({
    queryKey: ['reports', 'issues', firstDay],
    queryFn: ({ signal }) => ask<ReportIssueLine[]>('GET', `/api/reports/issues?week=${firstDay}`, undefined, signal),
    enabled: firstDay !== '',
  });

export const issueQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', 'issue', id],
    queryFn: ({ signal }) => ask<ReportIssueView>('GET', `/api/reports/issues/${id}`, undefined, signal),
    enabled: id !== '',
  });

export const REPORT_TOUCHES = ['reports'];

export const reportSteps = {
  make: (week: string) => ask<{ id: string }>('POST', '/api/reports/issues', { week }),
  notes: (id: string, notes: ReportNote[]) => ask<unknown>('POST', `/api/reports/issues/${id}/notes`, { notes }),
  plain: (id: string, step: 'recount' | 'submit' | 'approve') => ask<unknown>('POST', `/api/reports/issues/${id}/${step}`),
  because: (id: string, step: 'return' | 'withdraw' | 'correct', values: Record<string, unknown>) =>
    ask<unknown>('POST', `/api/reports/issues/${id}/${step}`, values),
};
