import { queryOptions, useQuery } from "@tanstack/react-query";
import { fetchReceipts } from "./api";

const SHOWN = 50;
const AGAIN_MS = 10_000;

const lastCallsQuery = queryOptions({
  queryKey: ["receipts", "last-calls"],
  queryFn: async ({ signal }) => (await fetchReceipts({}, undefined, signal, SHOWN)).items,
  refetchInterval: AGAIN_MS,
  staleTime: AGAIN_MS,
});

/** The newest calls, asked for again every few seconds while the page is looked at. */
export function useLastCalls() {
  return useQuery(lastCallsQuery);
}
