import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import type { FilterOption } from "~/ui/FilterChips";

const OPTIONS_MAX = 100;
const STALE_MS = 60_000;

interface Named {
  id: string;
  name: string;
}

export interface Searched {
  options: FilterOption[];
  search: (text: string) => void;
}

function useSearched(
  key: string,
  enabled: boolean,
  ask: (q: string | undefined, signal: AbortSignal) => Promise<readonly Named[]>,
): Searched {
  const [text, setText] = useState("");
  const q = text.trim() || undefined;
  const { data } = useQuery({
    queryKey: [key, "filter-options", q],
    queryFn: ({ signal }) => ask(q, signal),
    enabled,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });
  return { options: (data ?? []).map(({ id, name }) => ({ value: id, label: name })), search: setText };
}

/** Partners to filter by, found by a part of the name. */
export function usePartnerOptions(): Searched {
  return useSearched("partners", useMay("partners:read"), async (q, signal) => {
    const { data } = await client.GET("/v1/partners", {
      params: { query: { q, limit: OPTIONS_MAX } },
      signal,
    });
    return data?.items ?? [];
  });
}

/** Offers to filter by, found by a part of the name. */
export function useOfferOptions(): Searched {
  return useSearched("offers", useMay("offers:read"), async (q, signal) => {
    const { data } = await client.GET("/v1/offers", { params: { query: { q, limit: OPTIONS_MAX } }, signal });
    return data?.items ?? [];
  });
}

export function useAdvertiserOptions(): Searched {
  return useSearched("advertisers", useMay("advertisers:read"), async (_, signal) => {
    const { data } = await client.GET("/v1/advertisers", {
      params: { query: { limit: OPTIONS_MAX } },
      signal,
    });
    return data?.items ?? [];
  });
}

/** Goals of one offer: without it there would be too many of one name. */
export function useGoalOptions(offerId: string | undefined): FilterOption[] {
  const { data } = useQuery({
    queryKey: ["offers", "goals-of", offerId],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/offers/{id}", {
        params: { path: { id: offerId ?? "" } },
        signal,
      });
      return data;
    },
    enabled: offerId !== undefined,
    staleTime: STALE_MS,
  });
  return (data?.goals ?? []).map((goal) => ({ value: goal.id, label: goal.name }));
}
