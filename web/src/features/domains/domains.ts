import { useQueryClient } from "@tanstack/react-query";
import type { Schemas } from "~/api/client";

/** A tracking domain with the name of the partner that has it alone. */
export type Domain = Schemas["DomainOut"] & { owner?: string };

export const DOMAINS_KEY = ["domains"];

/** Reads the list anew after a change. */
export function useDomainsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: DOMAINS_KEY });
}
