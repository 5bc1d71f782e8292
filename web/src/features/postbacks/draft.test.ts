import { expect, test } from "vitest";
import { type Draft, emptyDraft, isComplete, rulesOf, targetOf } from "./draft";

const meta: Draft = {
  ...emptyDraft(),
  name: "Ads",
  kind: "meta",
  events: ["approved", "paid"],
  names: { approved: " Purchase ", pending: "Lead" },
  keys: { pixel_id: "123", access_token: " EAAB ", test_event_code: "" },
};

test("only what is typed is sent, without blanks around it", () => {
  expect(targetOf(meta)).toEqual({ kind: "meta", pixel_id: "123", access_token: "EAAB" });
  expect(targetOf({ ...meta, kind: "url", url: " https://t.example/ " })).toEqual({
    kind: "url",
    url: "https://t.example/",
    method: "get",
  });
});

test("names of events go to platforms alone", () => {
  const named = [
    { event: "approved", goal_id: null, name: "Purchase" },
    { event: "paid", goal_id: null, name: null },
  ];
  expect(rulesOf(meta)).toEqual(named);
  expect(
    rulesOf({ ...meta, kind: "url", goal: "gol_1" }).map(({ name, goal_id }) => [name, goal_id]),
  ).toEqual([
    [null, "gol_1"],
    [null, "gol_1"],
  ]);
});

test("keys are needed once", () => {
  expect(isComplete(meta, true)).toBe(true);
  const without = { ...meta, keys: {} };
  expect([isComplete(without, true), isComplete(without, false)]).toEqual([false, true]);
  expect(isComplete({ ...meta, events: [] }, false)).toBe(false);
});
