import { queryOptions } from '@tanstack/react-query';
import type { DutyFeed, DutyPlan, EscalationView, HandoverContent, HandoverView, SwapView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';

/** Every step about the duty touches this noun. */
export const DUTY = ['duty'] as const;

export const planQuery = (from: string) =>
  queryOptions({
    queryKey: ['duty', 'plan', from],
    queryFn: ({ signal }) => ask<DutyPlan>('GET', `/api/duty/plan?days=14${from === '' ? '' : `&from=${from}`}`, undefined, signal),
  });
export const swapsQuery = queryOptions({
  queryKey: ['duty', 'swaps'],
  queryFn: ({ signal }) => ask<SwapView[]>('GET', '/api/duty/swaps', undefined, signal),
});
export const draftQuery = queryOptions({
  queryKey: ['duty', 'draft'],
  queryFn: ({ signal }) => ask<HandoverContent>('GET', '/api/duty/handover', undefined, signal),
});
export const handoversQuery = queryOptions({
  queryKey: ['duty', 'handovers'],
  queryFn: ({ signal }) => ask<HandoverView[]>('GET', '/api/duty/handovers', undefined, signal),
});
export const feedQuery = queryOptions({
  queryKey: ['duty', 'feed'],
  queryFn: ({ signal }) => ask<DutyFeed>('GET', '/api/duty/feed', undefined, signal),
});
export const escalationsQuery = (path: string) =>
  queryOptions({
    queryKey: ['escalations', path],
    queryFn: ({ signal }) => ask<EscalationView[]>('GET', path, undefined, signal),
    refetchInterval: 60_000,
  });
