import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  type AlertDetail,
  type AlertView,
  type BoardView,
  type CallbackTargetView,
  type CaseDetail,
  type CaseView,
  type CaseworkView,
  type CommitmentView,
  type DeadCallbackView,
  type DeadlineWhy,
  type DepartmentView,
  type DocumentDetail,
  type DocumentView,
  type ExtensionView,
  type FilterChoices,
  type NoticeView,
  type OnDuty,
  type OpinionDetail,
  type OpinionView,
  type OrderCounts,
  type OrderDetail,
  type OrderFiguresView,
  type OrderView,
  type Page,
  type QualityView,
  type ReconciliationView,
  type ReviewView,
  type SchemeDetail,
  type SchemeView,
  type SkippedCallbackView,
  type KnowledgeDetail,
  type KnowledgeView,
  type ThresholdFiringView,
  type ThresholdView,
  type StatementDetail,
  type StatementView,
  type SourceDetail,
  type SourceLine,
  type SourceTrialView,
  type StoryDetail,
  type StoryView,
  type TaskDetail,
  type TaskView,
  SEARCH_AT_MOST,
} from '@huiying/contracts/http';
import { serverClock } from '../time/server-clock.js';
import { ask } from './request.js';

/** The first word of every query key is the noun that a change message makes stale (see live/staleness.ts). */
export const boardQuery = queryOptions({
  queryKey: ['board'],
  queryFn: async ({ signal }) => {
    const board = await ask<BoardView>('GET', '/api/board', undefined, signal);
    serverClock.sync(board.serverTime);
    return board;
  },
});

export const dutyQuery = queryOptions({
  queryKey: ['duty'],
  queryFn: ({ signal }) => ask<OnDuty>('GET', '/api/duty', undefined, signal),
  refetchInterval: 5 * 60_000,
});

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['sources', 'one', id],
    queryFn: ({ signal }) => ask<SourceDetail>('GET', `/api/sources/${encodeURIComponent(id)}`, undefined, signal),
  });

/** The answer to a trial, asked for again until it is there. */
export const trialQuery = (id: string) =>
  queryOptions({
    queryKey: ['source-trials', id],
    queryFn: ({ signal }) => ask<SourceTrialView>('GET', `/api/sources/trials/${encodeURIComponent(id)}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.result ? false : 700),
    refetchOnWindowFocus: false,
  });

export const schemesQuery = queryOptions({
  queryKey: ['schemes', 'list'],
  queryFn: ({ signal }) => ask<SchemeView[]>('GET', '/api/schemes', undefined, signal),
});

export const knowledgeQuery = (search: string) => pagesQuery<KnowledgeView>('knowledge', '/api/knowledge', search);
export const knowledgeEntryQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', 'one', id],
    queryFn: ({ signal }) => ask<KnowledgeDetail>('GET', `/api/knowledge/${encodeURIComponent(id)}`, undefined, signal),
  });
/** What is typed into a choice, no longer than may be asked for. */
const searched = (typed: string): string => encodeURIComponent(typed.slice(0, SEARCH_AT_MOST));
/** Entries found by a few words, to be cited: those that expired too, which say so. */
export const knowledgeFoundQuery = (typed: string) =>
  queryOptions({
    queryKey: ['knowledge', 'found', typed],
    queryFn: ({ signal }) => ask<Page<KnowledgeView>>('GET', `/api/knowledge?state=active,expired&q=${searched(typed)}`, undefined, signal),
    enabled: typed.trim() !== '',
  });

export const thresholdsQuery = queryOptions({
  queryKey: ['thresholds', 'list'],
  queryFn: ({ signal }) => ask<ThresholdView[]>('GET', '/api/thresholds', undefined, signal),
});
export const thresholdFiringsQuery = (search: string) => pagesQuery<ThresholdFiringView>('thresholds', '/api/thresholds/firings', search);

export const schemeQuery = (id: string) =>
  queryOptions({
    queryKey: ['schemes', 'one', id],
    queryFn: ({ signal }) => ask<SchemeDetail>('GET', `/api/schemes/${encodeURIComponent(id)}`, undefined, signal),
  });

export const departmentsQuery = queryOptions({
  queryKey: ['departments'],
  queryFn: async ({ signal }) => {
    const answer = await ask<DepartmentView[] | Page<DepartmentView>>('GET', '/api/departments', undefined, signal);
    return Array.isArray(answer) ? answer : answer.items;
  },
  staleTime: 10 * 60_000,
});

export const filtersQuery = queryOptions({
  queryKey: ['filters'],
  queryFn: ({ signal }) => ask<FilterChoices>('GET', '/api/filters', undefined, signal),
  staleTime: 10 * 60_000,
});

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) => ask<AlertDetail>('GET', `/api/alerts/${encodeURIComponent(id)}`, undefined, signal),
  });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => ask<CaseDetail>('GET', `/api/cases/${encodeURIComponent(id)}`, undefined, signal),
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => ask<TaskDetail>('GET', `/api/tasks/${encodeURIComponent(id)}`, undefined, signal),
  });

export const statementsOfCaseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['statements', 'case', caseId],
    queryFn: ({ signal }) => ask<StatementView[]>('GET', `/api/cases/${encodeURIComponent(caseId)}/statements`, undefined, signal),
  });

export const statementQuery = (id: string) =>
  queryOptions({
    queryKey: ['statements', 'one', id],
    queryFn: ({ signal }) => ask<StatementDetail>('GET', `/api/statements/${encodeURIComponent(id)}`, undefined, signal),
  });

export const caseworkQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['cases', 'casework', caseId],
    queryFn: ({ signal }) => ask<CaseworkView>('GET', `/api/cases/${encodeURIComponent(caseId)}/casework`, undefined, signal),
  });

export const commitmentsQuery = (search: string) =>
  queryOptions({
    queryKey: ['commitments', search],
    queryFn: ({ signal }) => ask<CommitmentView[]>('GET', `/api/commitments?${search}`, undefined, signal),
  });

export const storyQuery = (id: string) =>
  queryOptions({
    queryKey: ['stories', 'one', id],
    queryFn: ({ signal }) => ask<StoryDetail>('GET', `/api/stories/${encodeURIComponent(id)}`, undefined, signal),
  });

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['documents', 'one', id],
    queryFn: ({ signal }) => ask<DocumentDetail>('GET', `/api/documents/${encodeURIComponent(id)}`, undefined, signal),
  });

export const opinionQuery = (id: string) =>
  queryOptions({
    queryKey: ['opinions', 'one', id],
    queryFn: ({ signal }) => ask<OpinionDetail>('GET', `/api/opinions/${encodeURIComponent(id)}`, undefined, signal),
  });

export const reviewsQuery = (opinionId: string) =>
  queryOptions({
    queryKey: ['reviews', opinionId],
    queryFn: ({ signal }) => ask<ReviewView[]>('GET', `/api/opinions/${encodeURIComponent(opinionId)}/reviews`, undefined, signal),
  });

export const qualityQuery = (days: string) =>
  queryOptions({
    queryKey: ['quality', days],
    queryFn: ({ signal }) => ask<QualityView>('GET', `/api/judging-quality?days=${encodeURIComponent(days)}`, undefined, signal),
  });

export const whyQuery = (deadlineId: string) =>
  queryOptions({
    queryKey: ['deadlines', 'why', deadlineId],
    queryFn: ({ signal }) => ask<DeadlineWhy>('GET', `/api/deadlines/${encodeURIComponent(deadlineId)}/why`, undefined, signal),
  });

/** A list read page by page with the server's opaque cursor; `search` is the query string without it. */
function pagesQuery<T>(noun: string, path: string, search: string) {
  return infiniteQueryOptions({
    queryKey: [noun, 'list', search],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams(search);
      if (pageParam !== null) parameters.set('cursor', pageParam);
      return ask<Page<T>>('GET', `${path}?${parameters}`, undefined, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export const alertsQuery = (search: string) => pagesQuery<AlertView>('alerts', '/api/alerts', search);
export const casesQuery = (search: string) => pagesQuery<CaseView>('cases', '/api/cases', search);
export const tasksQuery = (search: string) => pagesQuery<TaskView>('tasks', '/api/tasks', search);
export const statementsQuery = (search: string) => pagesQuery<StatementView>('statements', '/api/statements', search);
/** Documents to choose from; typed words narrow them. */
export const documentsFoundQuery = (typed: string) =>
  queryOptions({
    queryKey: ['documents', 'found', typed],
    queryFn: ({ signal }) =>
      ask<Page<DocumentView>>('GET', `/api/documents${typed === '' ? '' : `?q=${searched(typed)}`}`, undefined, signal),
  });
export const documentsQuery = (search: string) => pagesQuery<DocumentView>('documents', '/api/documents', search);
export const extensionsQuery = (search: string) => pagesQuery<ExtensionView>('extensions', '/api/extensions', search);
export const ordersQuery = (search: string) => pagesQuery<OrderView>('orders', '/api/orders', search);
export const orderCountsQuery = (search: string) =>
  queryOptions({
    queryKey: ['orders', 'counts', search],
    queryFn: ({ signal }) => ask<OrderCounts>('GET', `/api/orders/counts?${search}`, undefined, signal),
  });
export const callbackTargetsQuery = queryOptions({
  queryKey: ['callbacks', 'targets'],
  queryFn: ({ signal }) => ask<CallbackTargetView[]>('GET', '/api/callbacks', undefined, signal),
  refetchInterval: 10_000,
});
export const skippedCallbacksQuery = queryOptions({
  queryKey: ['callbacks', 'skipped'],
  queryFn: ({ signal }) => ask<SkippedCallbackView[]>('GET', '/api/callbacks/skipped', undefined, signal),
});
export const reconciliationsQuery = queryOptions({
  queryKey: ['reconciliations'],
  queryFn: ({ signal }) => ask<ReconciliationView[]>('GET', '/api/reconciliations', undefined, signal),
});
export const deadCallbacksQuery = (search: string) => pagesQuery<DeadCallbackView>('callbacks', '/api/callbacks/dead', search);
export const orderFiguresQuery = (search: string) =>
  queryOptions({
    queryKey: ['orders', 'figures', search],
    queryFn: ({ signal }) => ask<OrderFiguresView>('GET', `/api/orders/figures?${search}`, undefined, signal),
  });
export const orderQuery = (orderNo: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNo],
    queryFn: ({ signal }) => ask<OrderDetail>('GET', `/api/orders/${encodeURIComponent(orderNo)}`, undefined, signal),
  });
export const storiesQuery = (search: string) => ({ ...pagesQuery<StoryView>('stories', '/api/stories', search), refetchInterval: 60_000 });
export const opinionsQuery = (search: string) => pagesQuery<OpinionView>('opinions', '/api/opinions', search);
/** The list of sources, a SourcePage each; health changes by itself, so it is looked at again every half minute. */
export const sourcesQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['sources', 'list', search],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams(search);
      if (pageParam !== null) parameters.set('cursor', pageParam);
      return ask<Page<SourceLine>>('GET', `/api/sources?${parameters}`, undefined, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 30_000,
  });
export const noticesQuery = (search: string) => pagesQuery<NoticeView>('notices', '/api/notices', search);
