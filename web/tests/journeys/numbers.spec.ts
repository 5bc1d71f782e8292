/** Every page's numbers beside the API's answer to the same question, over the demo year. */
import { settled } from "../examples";
import { figure, format, metricWord } from "../figures";
import { apiOf, asked, demo, expect, type Person, test } from "../people";
import { PERIOD, plain, report, textOf, YEAR } from "../questions";

/** What is revenue to the programme is a charge to the advertiser. */
function nameOf(person: Person, metric: string): string {
  return person === "advertiser" && metric === "revenue" ? "Charged to you" : metricWord(metric);
}

for (const person of ["manager", "partner", "advertiser"] as Person[]) {
  test(`the tiles of the ${person}'s first page`, async ({ open }) => {
    const dashboard = await asked(await apiOf(person), "/v1/dashboard", YEAR);
    const page = await open(person);
    await page.goto(`/?${PERIOD}`);
    await settled(page);
    for (const tile of dashboard.tiles) {
      const shown = page.getByRole("group", { name: nameOf(person, tile.metric), exact: true });
      await expect(shown, tile.metric).toContainText(figure(tile.unit, tile.value, dashboard.currency));
    }
    const text = await textOf(page);
    for (const row of (dashboard.top_offers.rows as unknown[][]).slice(0, 5)) {
      expect(text).toContain(dashboard.labels[String(row[0])] ?? String(row[0]));
      if (person === "manager") expect(text).toContain(plain(figure("minor", row[1], dashboard.currency)));
    }
  });

  test(`the report of the ${person}: each row and the totals`, async ({ open }) => {
    const metrics = ["gross_clicks", "clicks", "conversions", "cr", "payout", "epc"];
    const seen =
      person === "advertiser" ? ["gross_clicks", "clicks", "conversions", "cr", "revenue"] : metrics;
    const answer = await report(person, { dimensions: ["month"], metrics: seen });
    const page = await open(person);
    await page.goto(
      `/reports?${PERIOD}&dimensions=month&metrics=${encodeURIComponent(JSON.stringify(seen))}`,
    );
    await settled(page);
    const rows = page.getByRole("row");
    const expected = (cells: unknown[]) =>
      answer.columns
        .map((column, place) => ({ column, value: cells[place] }))
        .slice(1)
        .map(({ column, value }) => plain(figure(column.type, value, column.currency ?? "EUR")));
    const totals = answer.columns.map(({ name }) => answer.totals[name]);
    const texts = (await rows.allInnerTexts()).map((text) => plain(text));
    for (const cells of [totals, ...answer.rows]) {
      const wanted = expected(cells);
      expect(
        texts.some((text) => wanted.every((word) => text.includes(word))),
        wanted.join(" | "),
      ).toBe(true);
    }
  });
}

for (const { path, dimension } of [
  { path: "/offers", dimension: "offer" },
  { path: "/partners", dimension: "partner" },
  { path: "/advertisers", dimension: "advertiser" },
]) {
  test(`the figures of the list at ${path}`, async ({ open }) => {
    const answer = await report("manager", {
      dimensions: [dimension],
      metrics: ["clicks", "conversions"],
      sort: "-clicks",
      limit: 5,
    });
    const page = await open("manager");
    await page.goto(`${path}?${PERIOD}`);
    await settled(page);
    for (const row of answer.rows) {
      const name = answer.labels[String(row[0])] ?? "";
      const line = page.getByRole("row").filter({ hasText: name }).first();
      await expect(line, name).toContainText(format.number(Number(row[1])));
      await expect(line, name).toContainText(format.number(Number(row[2])));
    }
  });
}

test("a partner's card and their own pages agree with their balance", async ({ open }) => {
  const partner = await asked(await apiOf("partner"), "/v1/me");
  const answer = await (await apiOf("manager")).get(`/v1/partners/${partner.partner_id}/balance`);
  const { items: balances } = (await answer.json()) as { items: Record<string, number | string>[] };
  const [own, staff] = [await open("partner"), await open("manager")];
  await own.goto("/earnings");
  await staff.goto(`/partners/${partner.partner_id}?${PERIOD}`);
  await Promise.all([settled(own), settled(staff)]);
  for (const page of [own, staff]) {
    const text = await textOf(page);
    for (const balance of balances) {
      for (const account of ["pending", "approved", "payable", "paid"]) {
        const amount = format.money({ minor: Number(balance[account]), currency: String(balance.currency) });
        expect(text, `${account} of ${demo().url}`).toContain(plain(amount));
      }
    }
  }
});

test("conversions show their amounts", async ({ open }) => {
  const list = await asked(await apiOf("manager"), "/v1/conversions", { limit: 10, status: "approved" });
  const page = await open("manager");
  await page.goto("/conversions?period=last_12_months&status=approved");
  await settled(page);
  for (const conversion of list.items) {
    const line = page
      .getByRole("row")
      .filter({ hasText: conversion.order_id ?? "" })
      .first();
    if (conversion.payout) await expect(line).toContainText(format.money(conversion.payout));
    if (conversion.revenue) await expect(line).toContainText(format.money(conversion.revenue));
  }
  const [first] = list.items;
  if (!first) throw new Error("the demo has no approved conversion");
  await page.goto(`/conversions/${first.id}`);
  await settled(page);
  const text = await textOf(page);
  for (const amount of [first.sale, first.payout, first.revenue]) {
    if (amount) expect(text).toContain(plain(format.money(amount)));
  }
});

test("what is owed, and what a batch holds", async ({ open }) => {
  const manager = await apiOf("manager");
  const owed = await asked(manager, "/v1/payouts/owed");
  const page = await open("manager");
  await page.goto("/payouts");
  await settled(page);
  for (const line of owed.items.slice(0, 5)) {
    const row = page.getByRole("row").filter({ hasText: line.name }).first();
    await expect(row).toContainText(format.money(line.payable));
  }
  const [batch] = (await asked(manager, "/v1/payout-batches", { limit: 1 })).items;
  if (!batch) throw new Error("the demo has no batch");
  await page.goto(`/payouts/batches/${batch.id}`);
  await settled(page);
  expect(await textOf(page)).toContain(plain(format.money(batch.total)));
});

test("the file of a report ends with the totals of its page", async ({ open }) => {
  const page = await open("manager");
  const metrics = ["clicks", "conversions", "payout"];
  await page.goto(
    `/reports?${PERIOD}&dimensions=offer&metrics=${encodeURIComponent(JSON.stringify(metrics))}`,
  );
  await settled(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString("utf8").trim().split(/\r?\n/);
  const head = lines[0]?.split(",") ?? [];
  const last = lines.at(-1)?.split(",") ?? [];
  const total = (metric: string) => Number(last[head.indexOf(metric)]);
  const row = page.getByRole("row").filter({ hasText: "Total" }).first();
  await expect(row).toContainText(format.number(total("clicks")));
  await expect(row).toContainText(format.number(total("conversions")));
  const answer = await report("manager", { dimensions: ["offer"], metrics });
  expect(total("payout")).toBe(answer.totals.payout);
  await expect(row).toContainText(figure("minor", answer.totals.payout, "EUR"));
});
