import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { FiguresView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';

export const figuresOf = (search: string) =>
  queryOptions({
    queryKey: ['figures', search],
    queryFn: ({ signal }) => ask<FiguresView>('GET', `/api/figures?${search}`, undefined, signal),
    placeholderData: keepPreviousData,
  });
