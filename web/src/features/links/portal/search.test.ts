import { expect, it } from "vitest";
import type { NamedLink } from "./queries";
import { isFiltered, matching, readLinkSearch } from "./search";

const link = (slug: string, change: Partial<NamedLink>) =>
  ({
    slug,
    name: null,
    offer_id: "ofr",
    state: "active",
    traffic_type: "seo",
    names: { ofr: "Northwind Boots" },
    ...change,
  }) as NamedLink;
const LINKS = [
  link("aaaa", { state: "archived" }),
  link("bbbb", { name: "Autumn newsletter", traffic_type: "email" }),
  link("cccc", { offer_id: "other", names: { other: "Lumen Savings" } }),
];
const slugs = (search: Record<string, string>) =>
  matching(LINKS, readLinkSearch(search)).map(({ slug }) => slug);

it("finds links by name, code and offer, archived ones last", () => {
  expect(slugs({})).toEqual(["bbbb", "cccc", "aaaa"]);
  expect(slugs({ q: "AUTUMN" })).toEqual(["bbbb"]);
  expect(slugs({ q: "boots" })).toEqual(["bbbb", "aaaa"]);
  expect(slugs({ q: "cc" })).toEqual(["cccc"]);
  expect(slugs({ state: "archived" })).toEqual(["aaaa"]);
  expect(slugs({ offer: "ofr", traffic: "email" })).toEqual(["bbbb"]);
});

it("does not take an open drawer for a filter", () => {
  expect(isFiltered(readLinkSearch({ open: "lnk" }))).toBe(false);
  expect(isFiltered(readLinkSearch({ traffic: "seo" }))).toBe(true);
});
