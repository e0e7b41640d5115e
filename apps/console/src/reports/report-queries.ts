import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  ReportIssueLine,
  ReportIssueView,
  ReportLine,
  ReportListsView,
  ReportNote,
  ReportPart,
  ReportSchedulesView,
  ReportSendingsView,
  ReportView,
} from '@huiying/contracts/http';
import { ask, askLines, Unreachable } from '../api/request.js';

const PROGRESS = ['report-progress'];

/** How far the counting of the report is that is read now; null while none is. */
export const progressQuery = queryOptions({
  queryKey: PROGRESS,
  queryFn: (): ReportPart | null => null,
  enabled: false,
  initialData: null,
});

export const reportQuery = (search: string) =>
  queryOptions({
    queryKey: ['reports', search],
    queryFn: async ({ signal, client }) => {
      const tell = (line: ReportLine) => client.setQueryData(PROGRESS, 'report' in line ? null : line);
      const last = await askLines<ReportLine>(`/api/reports/steps?${search}`, tell, signal);
      if ('report' in last) return last.report;
      throw new Unreachable();
    },
    placeholderData: keepPreviousData,
  });

export const scorecardQuery = (search: string) =>
  queryOptions({
    queryKey: ['reports', 'scorecard', search],
    queryFn: ({ signal }) => ask<ReportView>('GET', `/api/reports/scorecard?${search}`, undefined, signal),
    placeholderData: keepPreviousData,
  });

/** Versions of a span's issue, the newest first. */
export const issuesQuery = (search: string) =>
  queryOptions({
    queryKey: ['reports', 'issues', search],
    queryFn: ({ signal }) => ask<ReportIssueLine[]>('GET', `/api/reports/issues?${search}`, undefined, signal),
    enabled: search !== '',
  });

export const schedulesQuery = queryOptions({
  queryKey: ['reports', 'schedules'],
  queryFn: ({ signal }) => ask<ReportSchedulesView>('GET', '/api/reports/schedules', undefined, signal),
});

export const issueQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', 'issue', id],
    queryFn: ({ signal }) => ask<ReportIssueView>('GET', `/api/reports/issues/${id}`, undefined, signal),
    enabled: id !== '',
  });

export const listsQuery = queryOptions({
  queryKey: ['reports', 'lists'],
  queryFn: ({ signal }) => ask<ReportListsView>('GET', '/api/reports/lists', undefined, signal),
});

/** The ledger of an issue; looked at again while something is on its way. */
export const sendingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', 'sendings', id],
    queryFn: ({ signal }) => ask<ReportSendingsView>('GET', `/api/reports/issues/${id}/sendings`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data?.sendings.some(({ state }) => state === 'asked' || state === 'sent') ? 3_000 : false),
  });

export const REPORT_TOUCHES = ['reports'];

export const reportSteps = {
  make: (span: { from: string; to: string } | { case: string }) => ask<{ id: string }>('POST', '/api/reports/issues', span),
  putSchedule: (id: string | null, values: Record<string, unknown>) =>
    ask<{ id: string }>('POST', `/api/reports/schedules${id === null ? '' : `/${id}`}`, values),
  putList: (id: string | null, values: Record<string, unknown>) =>
    ask<{ id: string }>('POST', `/api/reports/lists${id === null ? '' : `/${id}`}`, values),
  removeList: (id: string) => ask<unknown>('POST', `/api/reports/lists/${id}/remove`),
  send: (id: string) => ask<{ asked: number }>('POST', `/api/reports/issues/${id}/send`),
  sendAgain: (id: string, sending: string) => ask<unknown>('POST', `/api/reports/issues/${id}/sendings/${sending}/again`),
  removeSchedule: (id: string) => ask<unknown>('POST', `/api/reports/schedules/${id}/remove`),
  notes: (id: string, notes: ReportNote[]) => ask<unknown>('POST', `/api/reports/issues/${id}/notes`, { notes }),
  plain: (id: string, step: 'recount' | 'submit' | 'approve') => ask<unknown>('POST', `/api/reports/issues/${id}/${step}`),
  because: (id: string, step: 'return' | 'withdraw' | 'correct', values: Record<string, unknown>) =>
    ask<unknown>('POST', `/api/reports/issues/${id}/${step}`, values),
};
