import { expect, test } from "vitest";
import type { Landing } from "../model";
import { shareOf } from "./shares";

function page(id: string, weight: number, state: Landing["state"] = "active"): Landing {
  return { id, name: id, url: "https://shop.example/", kind: "landing", state, weight };
}

test("prelandings share visitors among themselves", () => {
  const before = [page("q", 10), page("r", 30)].map((one) => ({ ...one, kind: "prelanding" as const }));
  const pages = [page("a", 60), ...before];
  expect(pages.map((one) => shareOf(one, pages))).toEqual([1, 0.25, 0.75]);
});

test("shares follow the weights of the pages that are on", () => {
  const pages = [page("a", 30), page("b", 10), page("c", 60, "paused"), page("d", 0)];
  expect(pages.map((one) => shareOf(one, pages))).toEqual([0.75, 0.25, 0, 0]);
});

test("without weights everybody sees the first", () => {
  const pages = [page("a", 0, "paused"), page("b", 0), page("c", 0)];
  expect(pages.map((one) => shareOf(one, pages))).toEqual([0, 1, 0]);
});
