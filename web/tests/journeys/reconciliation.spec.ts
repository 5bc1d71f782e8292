/** A month with an advertiser: its file beside ours, decided, closed, invoiced; then partners are paid. */
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, expect, test } from "../people";

type Conversion = Awaited<ReturnType<typeof conversionsOf>>[number];

const COUNTED = ["approved", "locked", "paid"];

/** Their words for where a conversion stands. */
function wordOf({ status }: Conversion): string {
  if (COUNTED.includes(status)) return "ok";
  return status === "pending" ? "wait" : "no";
}

/** The first and the last day of the month before this one, by the clocks of Warsaw. */
function lastMonth(): { first: string; last: string } {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Warsaw" }).format(new Date());
  const [year = 0, month = 0] = today.split("-").map(Number);
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return {
    first: day(new Date(Date.UTC(year, month - 2, 1))),
    last: day(new Date(Date.UTC(year, month - 1, 0))),
  };
}

/** How far clocks of Warsaw are from Greenwich on a day, as `+02:00`. */
function offsetOn(day: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Warsaw", timeZoneName: "longOffset" });
  const parts = format.formatToParts(new Date(`${day}T12:00:00Z`));
  return parts.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "") || "Z";
}

async function conversionsOf(api: APIRequestContext, advertiser: string) {
  const { first, last } = lastMonth();
  const all = [];
  for (let cursor: string | undefined; ; ) {
    const query = { advertiser_id: advertiser, limit: 1000, ...(cursor ? { cursor } : {}) };
    const page = await asked(api, "/v1/conversions", {
      ...query,
      from: `${first}T00:00:00${offsetOn(first)}`,
      to: `${last}T23:59:59${offsetOn(last)}`,
    });
    all.push(...page.items);
    cursor = page.next_cursor ?? undefined;
    if (!cursor) return all;
  }
}

/** Of these advertisers, the one with the most conversions last month. */
async function busiest(api: APIRequestContext, advertisers: readonly string[]) {
  const { items } = await asked(api, "/v1/advertisers");
  const all = await Promise.all(
    advertisers.map(async (id) => ({
      name: items.find((one) => one.id === id)?.name ?? "",
      conversions: await conversionsOf(api, id),
    })),
  );
  const [most] = all.sort((one, other) => other.conversions.length - one.conversions.length);
  if (!most) throw new Error("nobody owes anything");
  return most;
}

interface Altered {
  file: string;
  /** What three rows that they do not tell of were charged. */
  unreported: number;
}

/** Their file: most rows as ours, and known ones of them altered. */
function altered(conversions: readonly Conversion[]): Altered {
  // Of one offer, and far from both ends of the month.
  const counted = conversions.filter(
    ({ status, revenue }) => COUNTED.includes(status) && (revenue?.minor ?? 0) > 300,
  );
  const middle = counted.at(Math.floor(counted.length / 2));
  const good = counted
    .filter(({ offer_id }) => offer_id === middle?.offer_id)
    .filter((_, place, same) => place >= same.length / 3);
  const [unreported, refused, cheaper, doubled] = [
    good.slice(0, 3),
    good.slice(3, 5),
    good.slice(5, 7),
    good.slice(7, 8),
  ];
  const charged = ({ revenue }: Conversion) => revenue?.minor ?? 0;
  const row = (one: Conversion) => {
    const word = refused.includes(one) ? "no" : wordOf(one);
    const minor = word === "no" ? 0 : charged(one) - (cheaper.includes(one) ? 300 : 0);
    return `${one.order_id};${word};${(minor / 100).toFixed(2)}`;
  };
  const told = conversions.filter((one) => !unreported.includes(one));
  const rows = [...told, ...doubled].map(row);
  return {
    file: ["Order no;Status;Sum", ...rows, "NEVER-CAME-1;ok;5.00"].join("\n"),
    unreported: unreported.reduce((sum, one) => sum + charged(one), 0),
  };
}

const MEANINGS: Record<string, string> = { ok: "Approved", no: "Rejected", wait: "Pending" };

/** Chooses the file; the columns are found by their names, and each of its words is given its meaning. */
async function upload(page: Page, advertiser: string, file: string): Promise<Locator> {
  await page.goto("/reconciliation");
  await settled(page);
  await page.getByRole("button", { name: "Begin a reconciliation" }).first().click();
  const form = page.getByRole("dialog", { name: "Begin a reconciliation" });
  await form.getByRole("combobox", { name: "Advertiser" }).click();
  await page.getByRole("option", { name: advertiser }).click();
  await form.locator('input[type="file"]').setInputFiles({
    name: "october.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(file),
  });
  const change = form.getByRole("button", { name: "Change" });
  if (await change.isVisible()) await change.click();
  await expect(form.getByLabel("Order id")).toHaveValue("Order no");
  await expect(form.getByLabel("Amount", { exact: true })).toHaveValue("Sum");
  for (const theirs of new Set(
    file
      .split("\n")
      .slice(1)
      .map((row) => row.split(";")[1] ?? ""),
  )) {
    await form.getByRole("combobox", { name: `Meaning of ${theirs}` }).click();
    await page.getByRole("option", { name: MEANINGS[theirs], exact: true }).click();
  }
  await form.getByRole("button", { name: "Compare" }).click();
  return form;
}

function group(page: Page, cause: string): Locator {
  return page.getByRole("article", { name: cause });
}

async function decide(page: Page, cause: string, decision: string, says: string | RegExp): Promise<void> {
  await group(page, cause).getByRole("button", { name: decision }).first().click();
  const sure = page.getByRole("dialog", { name: decision });
  await expect(sure).toContainText(says);
  await sure.getByRole("button", { name: decision }).click();
  await expect(sure).toBeHidden();
}

test("a wrong file is refused by its rows, and nothing is taken", async ({ open }) => {
  const page = await open("manager");
  const { items } = await asked(await apiOf("manager"), "/v1/advertisers");
  const file = "Order no;Status;Sum\nA-1;ok;12,5\n;ok;1.00";
  const form = await upload(page, items.at(0)?.name ?? "", file);
  const told = form.getByRole("alert").filter({ hasText: "Nothing was taken" });
  await expect(told).toContainText("Row 2: the amount “12,5” cannot be read");
  await expect(told).toContainText("Row 3: it has no click, order or customer id");
});

test("a month from upload to closed and invoiced, then a batch to paid", async ({ open }) => {
  test.setTimeout(300_000);
  const api = await apiOf("manager");
  const owing = (await asked(api, "/v1/receivables")).items.filter(({ not_invoiced }) => not_invoiced > 0);
  const { name, conversions } = await busiest(
    api,
    owing.map(({ advertiser_id }) => advertiser_id),
  );
  const { file, unreported } = altered(conversions);
  const page = await open("manager");
  await upload(page, name, file);
  await expect(page).toHaveURL(/\/reconciliation\/rcn_/);

  await expect(group(page, "They do not tell of it")).toContainText("3 rows");
  await expect(group(page, "Decided otherwise")).toContainText("2 rows");
  await expect(group(page, "Another price").first()).toBeVisible();
  await expect(group(page, "The same row twice")).toContainText("1 row");
  await expect(group(page, "Never reached us")).toContainText("€5.00");

  const less = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR" }).format(
    unreported / 100,
  );
  await decide(page, "They do not tell of it", "Take theirs", `owes ${less} less`);
  await decide(page, "Decided otherwise", "Next period", "left out of this period's act");
  await group(page, "Another price").first().getByRole("link").click();
  const lines = page.getByRole("dialog", { name: "Another price" });
  await lines.getByRole("checkbox").nth(1).click();
  await lines.getByRole("button", { name: "Keep ours" }).click();
  const sure = page.getByRole("dialog", { name: "Keep ours" });
  await expect(sure).toContainText("Ours stands for 1 row");
  await sure.getByRole("button", { name: "Keep ours" }).click();
  await expect(sure).toBeHidden();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Close the period" }).click();
  const rest = page.getByRole("dialog", { name: /still open/ });
  await expect(rest).toContainText("Only theirs: 2");
  await rest.getByRole("button", { name: "Keep ours for the rest" }).click();
  await expect(rest).toBeHidden();
  await page.getByRole("button", { name: "Close the period" }).click();
  const closing = page.getByRole("dialog", { name: "Close the period" });
  await closing.getByRole("button", { name: "Close the period" }).click();
  await expect(page.getByRole("heading", { name: "Act" })).toBeVisible();

  const net = await page.getByRole("row", { name: /^Net/ }).getByRole("columnheader").last().textContent();
  await page.getByRole("link", { name: "Open the invoice" }).click();
  await expect(page.getByRole("heading", { name: "Draft of an invoice" })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Total/ })).toContainText(net ?? "nothing");

  await payOne(page);
});

/** One partner is paid: made, sent, and marked as paid. */
async function payOne(page: Page): Promise<void> {
  await page.goto("/payouts");
  await settled(page);
  const payee = page.getByRole("row").filter({ hasText: "Paid now" }).last();
  await payee.getByRole("checkbox").click();
  await page.getByRole("button", { name: "Make a batch" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make the batch" }).click();
  await expect(page).toHaveURL(/\/payouts\/batches\/pyb_/);
  await page.getByRole("button", { name: "Mark all as paid" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mark as paid" }).click();
  await expect(page.getByText("Paid").first()).toBeVisible();
}
