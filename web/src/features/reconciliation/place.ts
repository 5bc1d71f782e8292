import type { LineFilter, LineGroup } from "./model";

/** What names a group in the page's address. */
export function placeOfGroup(group: LineGroup): string {
  return [group.class, group.cause ?? "", group.offer_id ?? "", group.decision ?? ""].join(",");
}

/** The lines of a group that is named so. */
export function filterOfPlace(place: string): LineFilter {
  const [of, cause, offer, decision] = place.split(",");
  return {
    class: (of || undefined) as LineFilter["class"],
    cause: (cause || undefined) as LineFilter["cause"],
    offer_id: offer || undefined,
    decision: (decision || undefined) as LineFilter["decision"],
    undecided: !decision && of !== "matched" ? true : undefined,
  };
}
