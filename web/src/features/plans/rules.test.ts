import { expect, it } from "vitest";
import type { Schemas } from "~/api/client";
import { ownRates, placeOf } from "./rules";

function version(number: number, from: string, inForce: boolean, partner?: string): Schemas["VersionOut"] {
  const conditions = { goal_id: "gol_1", ...(partner ? { partner_id: partner } : {}) };
  const rule = { id: "rul_1", conditions, effect: { minor: 100 * number }, created_at: from };
  return {
    id: `plv_${number}`,
    version: number,
    valid_from: from,
    in_force: inForce,
    rules: [rule],
    text: "",
    created_at: from,
  };
}

const PLAN = {
  id: "pln_1",
  versions: [
    version(3, "2026-12-01T00:00:00Z", false, "prt_1"),
    version(2, "2026-11-01T00:00:00Z", true, "prt_1"),
    version(1, "2026-10-01T00:00:00Z", false),
  ],
};

it("finds a partner's own rates in the version in force", () => {
  expect([...ownRates(PLAN, "prt_1")]).toEqual([["gol_1", { minor: 200 }]]);
  expect([...ownRates(PLAN, "prt_2")]).toEqual([]);
});

it("tells versions to come from those that were", () => {
  const now = Date.parse("2026-11-22T00:00:00Z");
  expect(PLAN.versions.map((one) => placeOf(one, now))).toEqual(["planned", "in_force", "past"]);
});
