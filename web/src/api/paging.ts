import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { Problem } from "./problem";

/** How every list of the API answers. */
export interface Page<Item> {
  items: Item[];
  next_cursor?: string | null;
  /** Names by id, of the rows that the items speak of. */
  labels?: Record<string, string>;
}

/**
 * A list of the API, page after page.
 * `key` names the question; `fetchPage` asks for one page after a cursor.
 */
export function useList<Item>(
  key: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  enabled = true,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled,
  });
  return {
    labels: Object.assign({}, ...(query.data?.pages.map((page) => page.labels) ?? [])) as Record<
      string,
      string
    >,
    rows: query.data?.pages.flatMap((page) => page.items) ?? [],
    state: query.isPending ? ("loading" as const) : query.isError ? ("error" as const) : ("ready" as const),
    error: query.error ? Problem.of(query.error) : undefined,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
  };
}
