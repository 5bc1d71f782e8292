import { expect, it } from "vitest";
import { sortedTraffic, usableTraffic } from "./traffic";

const RULES = {
  adult: "forbidden",
  brand_search: "by_approval",
  email: "by_approval",
  seo: "allowed",
} as const;

it("groups what the offer names", () => {
  expect(sortedTraffic(RULES, ["email"])).toEqual({
    forbidden: ["adult"],
    byApproval: ["brand_search"],
    approved: ["email"],
  });
});

it("offers a link only what may be sent", () => {
  const usable = usableTraffic(RULES, ["email"]);
  expect(usable).toContain("unspecified");
  expect(usable).toContain("email");
  expect(usable).toContain("push");
  expect(usable).not.toContain("adult");
  expect(usable).not.toContain("brand_search");
});
