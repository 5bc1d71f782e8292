import { expect, it } from "vitest";
import type { Named, Offer } from "../model";
import { readOffersSearch, shownOffers } from "./search";

const offer = (name: string, vertical: string, mine: boolean) =>
  ({
    id: name,
    name,
    vertical,
    state: "active",
    visibility: "public",
    advertiser_id: "adv",
    names: { adv: "Northwind" },
    enrollment: mine ? { id: "enr", state: "approved" } : undefined,
  }) as unknown as Named<Offer>;

const OFFERS = [
  offer("Tents", "e-commerce", true),
  offer("Farm", "games", false),
  offer("Boots", "e-commerce", true),
];
const names = (shown: { name: string }[]) => shown.map(({ name }) => name);

it("shows one's own offers apart, by name", () => {
  const { mine, open } = shownOffers(OFFERS, readOffersSearch({}));
  expect(names(mine)).toEqual(["Boots", "Tents"]);
  expect(names(open)).toEqual(["Farm"]);
});

it("keeps what the filters ask for", () => {
  expect(names(shownOffers(OFFERS, readOffersSearch({ show: "open" })).mine)).toEqual([]);
  expect(names(shownOffers(OFFERS, readOffersSearch({ vertical: "games" })).open)).toEqual(["Farm"]);
  expect(names(shownOffers(OFFERS, readOffersSearch({ q: "NORTH" })).mine)).toEqual(["Boots", "Tents"]);
  expect(names(shownOffers(OFFERS, readOffersSearch({ q: "boo" })).mine)).toEqual(["Boots"]);
});
