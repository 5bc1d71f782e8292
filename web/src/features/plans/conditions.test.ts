import { expect, it } from "vitest";
import { byStrength, setConditions, signatureOf } from "./conditions";
import type { Conditions, Rule } from "./shapes";

function rule(id: string, conditions: Conditions, priority = 0, day = "2026-01-01"): Rule {
  return { id, conditions, priority, effect: { minor: 100 }, created_at: `${day}T00:00:00Z` };
}

it("counts the conditions that are set and no empty ones", () => {
  expect(setConditions({})).toEqual([]);
  expect(setConditions({ goal_id: null, countries: [], amount: {}, subs: { "1": [] } })).toEqual([]);
  expect(setConditions({ countries: ["DE"], goal_id: "gol_1", subs: { "2": ["a"] } })).toEqual([
    "goal_id",
    "countries",
    "subs",
  ]);
});

it("puts the most specific rule first, then priority, then the newest", () => {
  const rules = [
    rule("general", {}, 99),
    rule("old", { goal_id: "g" }),
    rule("new", { goal_id: "g" }, 0, "2026-02-01"),
    rule("dear", { goal_id: "g" }, 1),
    rule("precise", { goal_id: "g", countries: ["DE"] }),
  ];
  expect(byStrength(rules).map(({ id }) => id)).toEqual(["precise", "dear", "new", "old", "general"]);
});

it("takes conditions that say the same for the same", () => {
  expect(signatureOf({ countries: ["AT", "DE"], goal_id: null })).toBe(
    signatureOf({ countries: ["DE", "AT"] }),
  );
  expect(signatureOf({ groups: ["gold"] })).not.toBe(signatureOf({ tags: ["gold"] }));
  expect(signatureOf({ subs: { "1": ["a"], "2": ["b"] } })).toBe(
    signatureOf({ subs: { "2": ["b"], "1": ["a"] } }),
  );
});
