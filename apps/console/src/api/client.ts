import { QueryClient } from '@tanstack/react-query';
import { Refused } from './request.js';

/** A refusal does not change by asking again; a lost connection may. */
function worthAnotherTry(failures: number, error: Error): boolean {
  return !(error instanceof Refused && error.problem.status < 500) && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      retry: worthAnotherTry,
      retryDelay: (failures) => 600 * 2 ** failures,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
