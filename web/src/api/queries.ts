import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

const MAX_RETRIES = 2;

/** A refusal stays a refusal; only a silent or failing server is asked again. */
function worthAnotherTry(failures: number, thrown: unknown): boolean {
  const { status } = Problem.of(thrown);
  return failures < MAX_RETRIES && (status === 0 || status >= 500);
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Without a network a call fails and says so; one that waited unseen could pay somebody an hour later.
      queries: {
        staleTime: 30_000,
        retry: worthAnotherTry,
        networkMode: "always",
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
