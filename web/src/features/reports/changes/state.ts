import { type PageSearch, textOf } from "~/frame/search";
import { type Filter, readFilters, writeFilters } from "../report/question";

/** Which metric is looked at, by which dimension, of what; the usual ones where the address says nothing. */
export interface ChangesState {
  metric?: string;
  by?: string;
  filters: Filter[];
}

export interface ChangesSearch {
  metric?: string;
  by?: string;
  filter?: string[];
}

export function readChanges(raw: PageSearch): ChangesState {
  return { metric: textOf(raw, "metric"), by: textOf(raw, "by"), filters: readFilters(raw) };
}

export function writeChanges({ metric, by, filters }: ChangesState): ChangesSearch {
  return { metric, by, filter: writeFilters(filters) };
}
