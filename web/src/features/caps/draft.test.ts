import { expect, test } from "vitest";
import { bodyOfDraft, newDraft, percentsOf } from "./draft";

test("thresholds are read however they are typed", () => {
  expect(percentsOf("50, 80;100 %")).toEqual([50, 80, 100]);
  expect(percentsOf("")).toEqual([]);
  expect(percentsOf("half")).toEqual([]);
});

test("only what the scope needs is sent", () => {
  const all = {
    advertiserId: "adv",
    offerId: "ofr",
    goalId: "gol",
    partnerId: "prt",
    sourceId: "blog",
    limit: 5,
  };
  const sent = (scope: "workspace" | "goal" | "partner" | "source") => {
    const body = bodyOfDraft(newDraft({ ...all, scope }));
    return [body.advertiser_id, body.offer_id, body.goal_id, body.partner_id, body.source_id];
  };
  expect(sent("workspace")).toEqual([null, null, null, null, null]);
  expect(sent("goal")).toEqual([null, null, "gol", null, null]);
  expect(sent("partner")).toEqual([null, "ofr", null, "prt", null]);
  expect(sent("source")).toEqual([null, "ofr", null, "prt", "blog"]);
});

test("a test counts in all", () => {
  const body = bodyOfDraft(newDraft({ isTest: true, period: "day", limit: 5 }));
  expect([body.period, body.kind]).toEqual(["total", "test"]);
});
