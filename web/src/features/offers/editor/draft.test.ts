import { expect, it } from "vitest";
import type { Offer } from "../model";
import {
  changedGoal,
  changedTerms,
  draftOfOffer,
  goalDraftOf,
  goalOf,
  newGoal,
  newOffer,
  termsOf,
} from "./draft";

const GOAL = {
  id: "gol_1",
  name: "sale",
  kind: "sale" as const,
  is_primary: true,
  payout: { percent: "10" },
  revenue: null,
};
const OFFER = {
  ...termsOf(newOffer("EUR")),
  id: "ofr_1",
  advertiser_id: "adv_1",
  currency: "EUR",
  state: "active",
  goals: [GOAL],
  landings: [],
} as unknown as Offer;

it("sends only what differs", () => {
  const draft = draftOfOffer(OFFER);
  expect(changedTerms(draft, OFFER)).toEqual({});
  expect(changedTerms({ ...draft, hold_days: 7, fallback_url: " " }, OFFER)).toEqual({ hold_days: 7 });
  const rules = { seo: "forbidden", push: "allowed" } as const;
  expect(changedTerms({ ...draft, traffic_rules: rules }, OFFER)).toEqual({
    traffic_rules: { seo: "forbidden" },
  });
});

it("leaves rates alone that stay as they are", () => {
  const draft = goalDraftOf(GOAL, "EUR");
  expect(changedGoal(draft, GOAL, "EUR")).toEqual({});
  const dearer = { ...draft, payout: { kind: "percent" as const, value: "12,5" } };
  expect(changedGoal(dearer, GOAL, "EUR")).toEqual({ payout: { percent: "12.5" } });
  const free = { ...draft, payout: { kind: "none" as const, value: "10" } };
  expect(changedGoal(free, GOAL, "EUR")).toEqual({ payout: null });
});

it("makes a goal with its rates", () => {
  const goal = { ...newGoal("lead", false), payout: { kind: "fixed" as const, value: "12.5" } };
  expect(goalOf(goal, "EUR")).toMatchObject({
    name: "lead",
    kind: "lead",
    payout: { minor: 1250 },
    revenue: null,
  });
});
