import { useQuery } from "@tanstack/react-query";
import { judgeMany, type Verdict } from "./api";
import type { Act } from "./rules";
import { judgementOf } from "./words";

interface Asked {
  act: Act;
  ids: readonly string[];
  verdict: Verdict;
}

/** The API's trial of a judgement: the same answer, and nothing moves. */
export function usePreview({ act, ids, verdict }: Asked, enabled: boolean) {
  return useQuery({
    queryKey: ["conversions", "preview", act, ids, verdict.amount],
    queryFn: () => judgeMany(judgementOf(act), ids, { amount: verdict.amount }, true),
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}
