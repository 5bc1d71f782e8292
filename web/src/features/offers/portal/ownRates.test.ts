import { expect, it } from "vitest";
import { isConditional, type OwnRate, ratesOf, ratesToTell } from "./ownRates";

const PLAIN: OwnRate = { conditions: { goal_id: "gol_1" }, effect: { percent: "10" }, limits: [] };
const GERMANY: OwnRate = {
  conditions: { goal_id: "gol_1", countries: ["DE"] },
  effect: { minor: 900 },
  limits: [],
};
const LIMITED: OwnRate = { ...PLAIN, limits: [{ per: "customer", period: "month", minor: 5000 }] };

it("keeps to the rates of a goal, and to those of all goals", () => {
  const all: OwnRate = { conditions: {}, effect: { percent: "1" }, limits: [] };
  const other: OwnRate = { ...PLAIN, conditions: { goal_id: "gol_2" } };
  expect(ratesOf({ rates: [GERMANY, PLAIN, other, all] }, { id: "gol_1" })).toEqual([GERMANY, PLAIN, all]);
  expect(ratesOf({}, { id: "gol_1" })).toEqual([]);
});

it("tells what the line of the goal leaves out", () => {
  expect(ratesToTell({ rates: [GERMANY, PLAIN] }, { id: "gol_1" })).toEqual([GERMANY]);
  expect(ratesToTell({ rates: [LIMITED] }, { id: "gol_1" })).toEqual([LIMITED]);
  expect([isConditional(GERMANY), isConditional(LIMITED)]).toEqual([true, false]);
});
