/** The numbers of one thing and of the portals beside the API's answers, over the demo year. */
import type { Page } from "@playwright/test";
import { examples, settled } from "../examples";
import { figure, format, metricWord } from "../figures";
import { apiOf, asked, expect, type Person, test } from "../people";
import { PERIOD, plain, report, textOf } from "../questions";

const STAFF_METRICS = ["clicks", "conversions", "payout", "revenue", "profit", "approval_rate"];
const PARTNER_METRICS = ["payout", "clicks", "conversions", "cr", "epc", "approval_rate"];
const ADVERTISER_METRICS = ["revenue", "sale_amount", "clicks", "conversions", "cr", "approval_rate"];

/** Tiles are groups; one that leads to its rows is a link. */
async function expectTiles(page: Page, person: Person, metrics: string[], field: string, id: string) {
  const answer = await report(person, { dimensions: [], metrics, filters: [{ field, values: [id] }] });
  for (const metric of metrics) {
    const column = answer.columns.find(({ name }) => name === metric);
    const name = person === "advertiser" && metric === "revenue" ? "Charged to you" : metricWord(metric);
    const tile = page
      .getByRole("group", { name, exact: true })
      .or(page.getByRole("link", { name: new RegExp(`^${name}`) }).filter({ hasText: /\d/ }));
    const wanted = figure(column?.type ?? "count", answer.totals[metric], column?.currency ?? "EUR");
    await expect(tile.first(), metric).toContainText(wanted);
  }
}

test("the numbers of one offer and of one partner", async ({ open }) => {
  const { offer, partner } = await examples();
  const page = await open("manager");
  for (const [field, id] of [
    ["offer", offer],
    ["partner", partner],
  ] as const) {
    await page.goto(`/${field}s/${id}?${PERIOD}`);
    await settled(page);
    await expectTiles(page, "manager", STAFF_METRICS, field, id);
  }
});

test("the numbers of an offer as its partner and its advertiser see them", async ({ open }) => {
  const { partnersOffer, advertisersOffer } = await examples();
  const joined = (await asked(await apiOf("partner"), "/v1/enrollments", { limit: 1 })).items[0];
  const own = joined?.offer_id ?? partnersOffer;
  const partner = await open("partner");
  await partner.goto(`/offers/${own}?${PERIOD}`);
  await settled(partner);
  await expectTiles(partner, "partner", PARTNER_METRICS, "offer", own);
  const advertiser = await open("advertiser");
  await advertiser.goto(`/offers/${advertisersOffer}?${PERIOD}`);
  await settled(advertiser);
  await expectTiles(advertiser, "advertiser", ADVERTISER_METRICS, "offer", advertisersOffer);
});

for (const person of ["manager", "partner"] as const) {
  test(`the numbers of the links, ${person}`, async ({ open }) => {
    const { items } = await asked(await apiOf(person), "/v1/links", { limit: 5 });
    const answer = await report(person, {
      dimensions: ["link"],
      metrics: ["clicks", "conversions", "payout"],
      filters: [{ field: "link", values: items.map(({ id }) => id) }],
    });
    const page = await open(person);
    await page.goto(`/links?${PERIOD}`);
    await settled(page);
    for (const { id, name, slug } of items) {
      const [, clicks = 0, conversions = 0, payout = 0] = answer.rows.find(([link]) => link === id) ?? [];
      // Several links may bear one name.
      const row = page
        .getByRole("row")
        .filter({ hasText: name ?? slug })
        .filter({ hasText: format.number(Number(clicks)) })
        .filter({ hasText: format.number(Number(conversions)) })
        .filter({ hasText: figure("minor", payout, "EUR") });
      await expect(row.first(), slug).toBeVisible();
    }
  });
}

test("the offers of an advertiser, and what a partner earned of each of its own", async ({ open }) => {
  const charged = await report("advertiser", {
    dimensions: ["offer"],
    metrics: ["clicks", "conversions", "revenue"],
    sort: "-clicks",
  });
  const advertiser = await open("advertiser");
  await advertiser.goto(`/offers?${PERIOD}`);
  await settled(advertiser);
  for (const [id, clicks, conversions, revenue] of charged.rows) {
    const row = advertiser.getByRole("row").filter({ hasText: charged.labels[String(id)] ?? "" });
    await expect(row.first()).toContainText(format.number(Number(clicks)));
    await expect(row.first()).toContainText(format.number(Number(conversions)));
    await expect(row.first()).toContainText(figure("minor", revenue, "EUR"));
  }
  const earned = await report("partner", { dimensions: ["offer"], metrics: ["clicks", "payout"] });
  const partner = await open("partner");
  await partner.goto(`/offers?${PERIOD}`);
  await settled(partner);
  for (const [id, clicks, payout] of earned.rows) {
    const card = partner.getByRole("article").filter({ hasText: earned.labels[String(id)] ?? "" });
    await expect(card.first()).toContainText(figure("minor", payout, "EUR"));
    await expect(card.first()).toContainText(format.number(Number(clicks)));
  }
});

test("what a partner earned this month", async ({ open }) => {
  const zone = { timeZone: "Europe/Warsaw" };
  const today = new Intl.DateTimeFormat("sv-SE", zone).format(new Date());
  const answer = await report("partner", {
    from: `${today.slice(0, 7)}-01`,
    to: today,
    dimensions: [],
    metrics: ["payout"],
  });
  const page = await open("partner");
  await page.goto("/");
  await settled(page);
  const month = page.locator("section").filter({ has: page.getByRole("heading", { name: "This month" }) });
  await expect(month).toContainText(figure("minor", answer.totals.payout, "EUR"));
});

for (const person of ["partner", "advertiser"] as const) {
  test(`the amounts of the conversions of the ${person}`, async ({ open }) => {
    const list = await asked(await apiOf(person), "/v1/conversions", { limit: 10 });
    const page = await open(person);
    await page.goto(`/conversions?period=last_12_months${person === "advertiser" ? "&tab=all" : ""}`);
    await settled(page);
    for (const conversion of list.items) {
      const amount = person === "partner" ? conversion.payout : conversion.revenue;
      const row = page.getByRole("row").filter({ hasText: conversion.order_id ?? "" });
      if (amount) await expect(row.first(), conversion.id).toContainText(format.money(amount));
    }
  });
}

test("the batches, and the latest entries of a partner's statement", async ({ open }) => {
  const manager = await apiOf("manager");
  const { items: batches } = await asked(manager, "/v1/payout-batches", { limit: 5 });
  const staff = await open("manager");
  await staff.goto("/payouts/batches");
  await settled(staff);
  const text = await textOf(staff);
  for (const batch of batches) expect(text).toContain(plain(format.money(batch.total)));

  const partner = await open("partner");
  const me = await asked(await apiOf("partner"), "/v1/me");
  const answer = await manager.get(`/v1/partners/${me.partner_id}/statement`, { params: { limit: 5 } });
  const { items } = (await answer.json()) as {
    items: { changes: { currency: string; change_minor: number }[] }[];
  };
  await partner.goto("/earnings");
  await settled(partner);
  const rows = partner.getByRole("region", { name: "Statement" }).getByRole("row");
  for (const [place, line] of items.entries()) {
    const minor = Math.max(...line.changes.map(({ change_minor }) => Math.abs(change_minor)));
    const currency = line.changes[0]?.currency ?? "EUR";
    await expect(rows.nth(place + 1)).toContainText(format.money({ minor, currency }));
  }
});
