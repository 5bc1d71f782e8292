import { addDays, todayIn } from "~/ui/dates";
import type { Alert } from "./model";

const HOURS_A_DAY = 24;

/** Where the subject of an alert is looked after, by the beginning of its id. */
const PAGES: Record<string, (id: string) => string> = {
  prt: (id) => `/partners/${id}`,
  ofr: (id) => `/offers/${id}`,
  adv: (id) => `/advertisers/${id}`,
  cap: (id) => `/caps?cap=${id}`,
  pbk: () => "/postbacks",
  whk: () => "/settings/webhooks",
  dom: () => "/settings/domains",
};

export function pageOf(subject: string): string | undefined {
  const [, prefix] = /^([a-z]{3})_/.exec(subject) ?? [];
  return prefix ? PAGES[prefix]?.(subject) : undefined;
}

type Looked = Pick<Alert, "watch" | "subject" | "window_to">;

/** The page that says what changed, for the days that the alert looked at and its subject. */
export function changesOf(alert: Looked, timezone: string): string | undefined {
  const { watch, subject } = alert;
  if (!watch) return undefined;
  const last = todayIn(timezone, new Date(Date.parse(alert.window_to) - 1));
  const days = Math.ceil(watch.window_hours / HOURS_A_DAY);
  const filters = (watch.filters ?? []).map(({ field, values }) => `${field}:${[values].flat().join("|")}`);
  if (watch.each && subject) filters.push(`${watch.each}:${subject}`);
  const search = new URLSearchParams({
    metric: watch.metric,
    period: `${addDays(last, 1 - days)}..${last}`,
    compare: "previous_period",
  });
  if (filters.length > 0)
    search.set("filter", filters.length === 1 ? String(filters[0]) : JSON.stringify(filters));
  return `/reports/changes?${search}`;
}
