import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Comparison, type DateRangeValue, isPreset, resolveRange, todayIn } from "~/ui/dates";
import { useMe } from "./person";

/** The period that every page of numbers speaks of, as it stands in the address. */
export interface PeriodSearch {
  /** A preset's name, or `2026-01-01..2026-01-31`. */
  period?: string;
  compare?: Comparison;
}

const USUAL = "last_30_days";
const CUSTOM = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;
const COMPARISONS: readonly string[] = ["none", "previous_period", "previous_year"];

export function readPeriod(raw: Record<string, unknown>): PeriodSearch {
  const period =
    typeof raw.period === "string" && (isPreset(raw.period) || CUSTOM.test(raw.period))
      ? raw.period
      : undefined;
  const compare = COMPARISONS.includes(String(raw.compare)) ? (raw.compare as Comparison) : undefined;
  return { period, compare };
}

export function rangeOf(search: PeriodSearch, today: string): DateRangeValue {
  const compare = search.compare ?? "previous_period";
  const custom = CUSTOM.exec(search.period ?? "");
  if (custom?.[1] && custom[2]) return { preset: "custom", from: custom[1], to: custom[2], compare };
  const preset = isPreset(search.period) ? search.period : USUAL;
  return { preset, ...resolveRange(preset, today), compare };
}

export function searchOf(range: DateRangeValue): PeriodSearch {
  return {
    period: range.preset === "custom" ? `${range.from}..${range.to}` : range.preset,
    compare: range.compare,
  };
}

/** The page's period in local days of the workspace, and a way to change it for every page. */
export function usePeriod(): {
  range: DateRangeValue;
  timezone: string;
  change: (range: DateRangeValue) => void;
} {
  const search = useSearch({ strict: false }) as PeriodSearch;
  const navigate = useNavigate();
  const timezone = useMe().workspace.timezone;
  const range = useMemo(() => rangeOf(readPeriod({ ...search }), todayIn(timezone)), [search, timezone]);
  const change = (chosen: DateRangeValue) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...searchOf(chosen) }) as never });
  return { range, timezone, change };
}
