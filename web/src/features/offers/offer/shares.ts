import type { Landing } from "../model";

/** The part of an offer's visitors who see a page, as the edge shares them out among the pages of its kind. */
export function shareOf(landing: Landing, all: readonly Landing[]): number {
  const active = all.filter(({ state, kind }) => state === "active" && kind === landing.kind);
  if (landing.state !== "active") return 0;
  const total = active.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return landing.id === active[0]?.id ? 1 : 0;
  return landing.weight / total;
}
