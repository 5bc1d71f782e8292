import type { Schemas } from "~/api/client";
import { COUNT_FIGURES } from "../model";

export type Qualification = Schemas["Qualification"];
export type Condition = Schemas["QualifyingCondition"];
export type Figure = Schemas["Figure"];

/** A condition while it is typed: a figure's amount is in minor units, everything else a number. */
export interface ConditionDraft {
  key: string;
  kind: Condition["kind"];
  figure: Figure;
  value: number | null;
}

export interface QualificationDraft {
  isOn: boolean;
  from: string;
  window: number | null;
  report: number | null;
  conditions: ConditionDraft[];
}

const WINDOW_DAYS_USUAL = 30;
const REPORT_DAYS_USUAL = 2;

export function newCondition(): ConditionDraft {
  return { key: crypto.randomUUID(), kind: "at_least", figure: "deposits", value: null };
}

export function draftOf(known: Qualification | null, from: string): QualificationDraft {
  if (!known) {
    const [window, report] = [WINDOW_DAYS_USUAL, REPORT_DAYS_USUAL];
    return { isOn: false, from, window, report, conditions: [newCondition()] };
  }
  return {
    isOn: known.is_on,
    from: known.from_goal_id,
    window: known.window_days,
    report: known.report_days ?? 0,
    conditions: known.conditions.map(conditionDraftOf),
  };
}

function conditionDraftOf(condition: Condition): ConditionDraft {
  const draft = { ...newCondition(), kind: condition.kind };
  if (condition.kind === "at_least") return { ...draft, figure: condition.figure, value: condition.value };
  return { ...draft, value: condition.kind === "orders" ? condition.count : condition.day };
}

function conditionOf({ kind, figure, value }: ConditionDraft): Condition | undefined {
  if (value === null) return undefined;
  if (kind === "at_least") return { kind, figure, value };
  return kind === "orders" ? { kind, count: value } : { kind, day: value };
}

/** The conditions that are whole. */
export function conditionsOf(drafts: readonly ConditionDraft[]): Condition[] {
  return drafts.map(conditionOf).filter((condition) => condition !== undefined);
}

/** What is sent, once every field of it is filled in. */
export function qualificationOf(draft: QualificationDraft): Qualification | undefined {
  const conditions = conditionsOf(draft.conditions);
  if (conditions.length === 0 || conditions.length < draft.conditions.length) return undefined;
  if (draft.window === null || !draft.from) return undefined;
  return {
    from_goal_id: draft.from,
    conditions,
    window_days: draft.window,
    report_days: draft.report ?? 0,
    is_on: draft.isOn,
  };
}

/** A number of things, as against an amount. */
export function isCount(figure: Figure): boolean {
  return (COUNT_FIGURES as readonly Figure[]).includes(figure);
}
