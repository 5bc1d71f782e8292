import { useSearch } from "@tanstack/react-router";
import type { PeriodSearch } from "~/domain/period";

/** An address of ours known as text, with the page's period kept in it. */
export function useWithPeriod(): (path: string) => string {
  const { period, compare } = useSearch({ strict: false }) as PeriodSearch;
  const kept = new URLSearchParams();
  if (period) kept.set("period", period);
  if (compare) kept.set("compare", compare);
  const text = kept.toString();
  return (path) => (text === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${text}`);
}
