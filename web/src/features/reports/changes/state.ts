import { type PageSearch, textOf } from "~/frame/search";

/** Which metric is looked at, and by which dimension; the usual ones where the address says nothing. */
export interface ChangesState {
  metric?: string;
  by?: string;
}

export function readChanges(raw: PageSearch): ChangesState {
  return { metric: textOf(raw, "metric"), by: textOf(raw, "by") };
}
