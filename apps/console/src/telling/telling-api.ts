import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ChannelView, MyTelling, Page, ToldView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';

export const toldQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['telling', search],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<ToldView>>(
        'GET',
        `/api/telling?${search}${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<ToldView>) => page.next,
  });
export const toldOfCaseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['telling', 'case', caseId],
    queryFn: ({ signal }) => ask<ToldView[]>('GET', `/api/cases/${caseId}/telling`, undefined, signal),
  });
export const myTellingQuery = queryOptions({
  queryKey: ['telling', 'mine'],
  queryFn: ({ signal }) => ask<MyTelling>('GET', '/api/me/telling', undefined, signal),
});
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => ask<ChannelView[]>('GET', '/api/channels', undefined, signal),
  refetchInterval: 30_000,
});
