import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryOptions } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Page } from '@huiying/contracts/http';

type PagesOptions<T> = UseInfiniteQueryOptions<Page<T>, Error, InfiniteData<Page<T>>, string[], string | null>;

/** A list read page by page, flattened; `more` fetches the next page unless one is under way. */
export function usePages<T>(options: PagesOptions<T>) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = useInfiniteQuery({
    ...options,
    placeholderData: (before) => before,
  });
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    items,
    /** The first page whole, for what a list carries besides its rows. */
    first: data?.pages[0],
    total: data?.pages[0]?.total ?? null,
    error,
    retry: () => void refetch(),
    more,
    hasMore: hasNextPage,
    loadingMore: isFetchingNextPage,
    stale: isPlaceholderData,
  };
}
