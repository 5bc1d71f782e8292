/** A plan as a rate card, and a rate card as a plan. A line stands for at most one rule on either side. */
import { setConditions, signatureOf } from "../conditions";
import { draftOf } from "../effect";
import type { Conditions, Effect, PlanSide, Price, Rule, Sides } from "../shapes";
import { type CardRow, type Faults, type ReadRow, readRow, type Vocabulary } from "./cells";

const OF_CARD = new Set(["goal_id", "countries", "traffic_types", "groups"]);

/** How what a card names is shown in its cells. */
export interface CardWords {
  currency: string;
  goal: (id: string) => string;
  country: (code: string) => string;
  traffic: (code: string) => string;
}

export interface Card {
  rows: CardRow[];
  /** Rules that a card cannot say; they stay as they are. */
  others: Sides;
}

function isPrice(effect: Effect): effect is Price {
  return "minor" in effect || "percent" in effect;
}

/** A card has no place for names, priorities, limits, other conditions and other effects. */
function fitsCard(rule: Rule): boolean {
  const isPlain = !rule.name && !rule.priority && (rule.limits ?? []).length === 0;
  return isPlain && isPrice(rule.effect) && setConditions(rule.conditions).every((name) => OF_CARD.has(name));
}

export function cardOf(sides: Sides, words: CardWords): Card {
  const lines = new Map<string, CardRow>();
  const others: Sides = { earnings: [], revenue: [] };
  for (const side of ["earnings", "revenue"] as const) {
    for (const rule of sides[side]) {
      const key = signatureOf(rule.conditions);
      const line = lines.get(key) ?? emptyLine(key, rule.conditions, words);
      if (!fitsCard(rule) || idOn(line, side)) others[side].push(rule);
      else lines.set(key, withRule(line, side, rule, words.currency));
    }
  }
  return { rows: [...lines.values()], others };
}

function emptyLine(key: string, conditions: Conditions, words: CardWords): CardRow {
  const { goal_id, countries = [], traffic_types = [], groups = [] } = conditions;
  return {
    key,
    country: countries.map(words.country).join(", "),
    goal: goal_id ? words.goal(goal_id) : "",
    traffic: traffic_types.map(words.traffic).join(", "),
    group: groups.join(", "),
    rate: "",
    revenue: "",
  };
}

function idOn(line: CardRow, side: PlanSide): string | undefined {
  return side === "earnings" ? line.earningsId : line.revenueId;
}

function withRule(line: CardRow, side: PlanSide, rule: Rule, currency: string): CardRow {
  const text = rateText(rule.effect as Price, currency);
  return side === "earnings"
    ? { ...line, rate: text, earningsId: rule.id }
    : { ...line, revenue: text, revenueId: rule.id };
}

/** A price as a cell shows it: "12.5%" or "9.60". */
export function rateText(price: Price, currency: string): string {
  const { kind, value } = draftOf(price, currency);
  return kind === "percent" ? `${value}%` : value;
}

export function isBlank(row: CardRow): boolean {
  const { country, goal, traffic, group, rate, revenue } = row;
  return [country, goal, traffic, group, rate, revenue].every((cell) => cell.trim() === "");
}

export interface ReadCard {
  /** What each line says, by its key; blank lines say nothing. */
  read: Map<string, ReadRow>;
  faults: Map<string, Faults>;
}

/** Reads every line; a line that repeats the conditions of one above it is at fault. */
export function readCard(rows: readonly CardRow[], words: Vocabulary): ReadCard {
  const read = new Map<string, ReadRow>();
  const faults = new Map<string, Faults>();
  const seen = new Set<string>();
  for (const row of rows) {
    if (isBlank(row)) continue;
    const said = readRow(row, words);
    const signature = signatureOf(said.conditions);
    const isTwice = Object.keys(said.faults).length === 0 && seen.has(signature);
    seen.add(signature);
    const wrong: Faults = isTwice ? { country: { fault: "twice", part: "" } } : said.faults;
    read.set(row.key, { ...said, faults: wrong });
    if (Object.keys(wrong).length > 0) faults.set(row.key, wrong);
  }
  return { read, faults };
}

/** Rules as they are sent: new ones have no id yet. */
export type SentRule = Omit<Rule, "id" | "created_at"> & Partial<Pick<Rule, "id" | "created_at">>;

/** The plan that the card says, with the rules that it cannot say. A rule that stays the same stays itself. */
export function rulesOf(rows: readonly CardRow[], card: ReadCard, before: Sides, others: Sides) {
  const side = (name: PlanSide): SentRule[] => {
    const known = new Map(before[name].map((rule) => [rule.id, rule]));
    const own = rows.flatMap((row): SentRule[] => {
      const said = card.read.get(row.key);
      const effect = name === "earnings" ? said?.rate : said?.revenue;
      if (!said || !effect) return [];
      const was = known.get(idOn(row, name) ?? "");
      const isSame = was && JSON.stringify(was.effect) === JSON.stringify(effect);
      if (isSame && signatureOf(was.conditions) === signatureOf(said.conditions)) return [was];
      return [{ conditions: said.conditions, effect, priority: 0 }];
    });
    return [...own, ...others[name]];
  };
  return { earnings: side("earnings"), revenue: side("revenue") };
}
