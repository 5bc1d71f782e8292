import { describe, expect, it } from "vitest";
import type { Conditions, Effect, Rule } from "../shapes";
import { marginOf } from "./margin";
import { cardOf, readCard, rulesOf } from "./rows";
import { line, WORDS } from "./testing";

const SHOWN = {
  currency: "EUR",
  goal: (id: string) => WORDS.goals.find((goal) => goal.id === id)?.name ?? id,
  country: (code: string) => code,
  traffic: (code: string) => code,
};

function rule(id: string, conditions: Conditions, effect: Effect, more: Partial<Rule> = {}): Rule {
  return { id, conditions, effect, priority: 0, created_at: "2026-01-01T00:00:00Z", ...more };
}

const GERMAN = { goal_id: "gol_sale", countries: ["DE", "AT"], groups: ["gold"] };
const SIDES = {
  earnings: [
    rule("e1", { goal_id: "gol_sale" }, { percent: "10" }),
    rule("e2", GERMAN, { percent: "12.5" }),
    rule("e3", { goal_id: "gol_vip", partner_id: "prt_1" }, { minor: 500 }),
    rule("e4", {}, { recurring: { percent: "20", months: 12 } }),
    rule("e5", {}, { minor: 1 }, { priority: 3 }),
  ],
  revenue: [
    rule("r1", { goal_id: "gol_sale" }, { percent: "14" }),
    rule("r2", { groups: ["new"] }, { minor: 960 }),
  ],
};

describe("a plan as a card", () => {
  const card = cardOf(SIDES, SHOWN);

  it("puts both sides of the same conditions on one line", () => {
    expect(
      card.rows.map(({ country, goal, group, rate, revenue }) => [country, goal, group, rate, revenue]),
    ).toEqual([
      ["", "sale", "", "10%", "14%"],
      ["DE, AT", "sale", "gold", "12.5%", ""],
      ["", "", "new", "", "9.60"],
    ]);
  });

  it("leaves aside what a card cannot say", () => {
    expect(card.others.earnings.map(({ id }) => id)).toEqual(["e3", "e4", "e5"]);
    expect(card.others.revenue).toEqual([]);
  });

  it("comes back as the same rules", () => {
    const back = rulesOf(card.rows, readCard(card.rows, WORDS), SIDES, card.others);
    expect(back.earnings).toEqual(SIDES.earnings);
    expect(back.revenue).toEqual(SIDES.revenue);
  });

  it("makes a new rule where the rate or the conditions changed, and drops one whose cell is empty", () => {
    const [first, second, third] = card.rows;
    if (!first || !second || !third) throw new Error("three lines");
    const rows = [
      { ...first, rate: "11%" },
      { ...second, country: "DE" },
      { ...third, revenue: "" },
    ];
    const changed = rulesOf(rows, readCard(rows, WORDS), SIDES, card.others);
    expect(changed.earnings.slice(0, 2)).toEqual([
      { conditions: { goal_id: "gol_sale" }, effect: { percent: "11" }, priority: 0 },
      { conditions: { ...GERMAN, countries: ["DE"] }, effect: { percent: "12.5" }, priority: 0 },
    ]);
    expect(changed.revenue.map(({ id }) => id)).toEqual(["r1"]);
  });
});

it("names a line that repeats another, and passes over blank ones", () => {
  const rows = [
    line("1", { country: "de, at", rate: "5%" }),
    line("2"),
    line("3", { country: "AT;DE", rate: "6%" }),
  ];
  const card = readCard(rows, WORDS);
  expect([...card.read.keys()]).toEqual(["1", "3"]);
  expect([...card.faults]).toEqual([["3", { country: { fault: "twice", part: "" } }]]);
});

describe("the margin of a line", () => {
  it("is a sum between amounts, points between percentages, an example between the two", () => {
    expect(marginOf({ minor: 800 }, { minor: 1200 }, "EUR")).toEqual({
      kind: "minor",
      minor: 400,
      ratio: 1 / 3,
    });
    const points = marginOf({ percent: "12.1" }, { percent: "15.3" }, "EUR");
    expect(points).toMatchObject({ kind: "percent", percent: 3.2 });
    const mixed = marginOf({ minor: 500 }, { percent: "10" }, "EUR");
    expect(mixed).toEqual({ kind: "example", saleMinor: 8000, minor: 300, ratio: 300 / 800 });
  });

  it("may be a loss, and is whole where the partner earns nothing", () => {
    expect(marginOf({ percent: "15" }, { percent: "12" }, "EUR")).toMatchObject({
      percent: -3,
      ratio: -0.25,
    });
    expect(marginOf(null, { minor: 500 }, "EUR")).toEqual({ kind: "minor", minor: 500, ratio: 1 });
    expect(marginOf({ minor: 500 }, { minor: 0 }, "EUR")).toEqual({
      kind: "minor",
      minor: -500,
      ratio: undefined,
    });
  });

  it("is not known where the revenue is another rule's matter", () => {
    expect(marginOf({ minor: 500 }, null, "EUR")).toBeUndefined();
  });
});
