import { queryOptions } from '@tanstack/react-query';
import type { ApiScope, ApiSystemView, ChangeSystemRequest, KeyMade, NewSystemRequest } from '@huiying/contracts/http';
import { ask } from '../api/request.js';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => ask<ApiSystemView[]>('GET', '/api/api-keys', undefined, signal),
  refetchInterval: 30_000,
});

const ofSystem = (name: string) => `/api/api-keys/systems/${encodeURIComponent(name)}`;
export const keySteps = {
  addSystem: (body: NewSystemRequest) => ask<KeyMade>('POST', '/api/api-keys/systems', body),
  changeSystem: (name: string, body: ChangeSystemRequest) => ask<void>('POST', ofSystem(name), body),
  addKey: (name: string, lastDay: string | null) => ask<KeyMade>('POST', `${ofSystem(name)}/keys`, { lastDay }),
  setLastDay: (id: string, lastDay: string | null) => ask<void>('POST', `/api/api-keys/${id}/last-day`, { lastDay }),
  end: (id: string, reason: unknown) => ask<void>('POST', `/api/api-keys/${id}/end`, { reason }),
};

export const SCOPE_WORDS: Record<ApiScope, string> = {
  'records:write': '推送工单',
  'orders:read': '查看工单',
  'orders:write': '办理工单',
  'figures:read': '读取指标',
  'knowledge:read': '读取知识库',
};
