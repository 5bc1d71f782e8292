import { askedFilters, type Filter } from "~/features/reports/report/question";
import { type AlertRule, filtersOf, type Test, type TestKind, type WantedRule, type Watch } from "./model";

/** What the form holds while a rule is written: what each kind of test asks for, whichever is chosen. */
export interface RuleForm {
  name: string;
  metric: string;
  kind: TestKind;
  /** Whole units of the metric. */
  limit: number | null;
  per_cent: number | null;
  unless: string | null;
  side: "low" | "high" | "either";
  false_alarm_days: number | null;
  window_hours: number;
  at_least: number | null;
  each: string | null;
  filters: Filter[];
  is_on: boolean;
  mails: boolean;
  people: string[];
}

const NEW: RuleForm = {
  name: "",
  metric: "conversions",
  kind: "falls",
  limit: null,
  per_cent: 30,
  unless: null,
  side: "low",
  false_alarm_days: 30,
  window_hours: 24,
  at_least: null,
  each: null,
  filters: [],
  is_on: true,
  mails: true,
  people: [],
};

export function formOf(rule: AlertRule | undefined): RuleForm {
  if (!rule) return NEW;
  const { name, is_on, mails, people, watch } = rule;
  const said = { ...NEW, name, is_on, mails, people };
  if (!watch) return said;
  const { metric, window_hours, test } = watch;
  const tested = { ...said, ...test, unless: "unless" in test ? (test.unless ?? null) : null };
  const at_least = watch.at_least || null;
  return { ...tested, metric, window_hours, at_least, each: watch.each ?? null, filters: filtersOf(watch) };
}

function testOf(form: RuleForm): Test {
  const { kind, per_cent, unless, side, false_alarm_days } = form;
  if (kind === "above" || kind === "below") return { kind, limit: form.limit ?? 0 };
  if (kind === "unusual") return { kind, side, false_alarm_days: false_alarm_days ?? 0 };
  return { kind, per_cent: per_cent ?? 0, unless };
}

export function watchOf(form: RuleForm): Watch {
  const { metric, window_hours, each, at_least, filters } = form;
  return {
    metric,
    test: testOf(form),
    window_hours,
    at_least: at_least ?? 0,
    each,
    filters: askedFilters(filters),
  };
}

/** What is sent: a rule that looks at a state says nothing of a metric. */
export function wantedOf(form: RuleForm, rule: AlertRule | undefined): WantedRule {
  const { name, is_on, mails, people } = form;
  return { name, is_on, mails, people, watch: rule && !rule.watch ? null : watchOf(form) };
}

/** Whether all that the chosen test asks for is said. */
export function isWhole(form: RuleForm): boolean {
  if (form.name.trim() === "") return false;
  if (form.kind === "above" || form.kind === "below") return form.limit !== null;
  return form.kind === "unusual" ? form.false_alarm_days !== null : form.per_cent !== null;
}
