/** A hybrid deal: CPA for the customer who is won, and a share of what it brings, over a negative month and a good one. */
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, expect, test } from "../people";
import { post, sell } from "../selling";

interface Made {
  brand: string;
  brandName: string;
  partner: string;
  partnerName: string;
  slug: string;
}

/** A brand of its own with an offer that pays 10.00 for a sale, joined by the demo's partner. */
async function programme(api: APIRequestContext): Promise<Made> {
  const me = await asked(await apiOf("partner"), "/v1/me");
  const partner = me.partner_id ?? "";
  const brandName = `Hybrid brand ${Date.now()}`;
  const { id: brand = "" } = await post(api, "/v1/advertisers", { name: brandName });
  const { id: offer = "" } = await post(api, "/v1/offers", {
    advertiser_id: brand,
    name: "Hybrid in a journey",
    landing_url: "https://shop.example/hybrid",
    currency: "EUR",
    conversion_start: "approved",
    goals: [{ name: "sale", payout: { minor: 1000 }, revenue: { minor: 1500 } }],
  });
  await post(api, "/v1/enrollments", { offer_id: offer, partner_id: partner });
  const { slug = "" } = await post(api, "/v1/links", { offer_id: offer, partner_id: partner });
  return { brand, brandName, partner, partnerName: me.partner_name ?? "", slug };
}

/** The month so many months before this one, such as "2026-09". */
function monthBefore(months: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}

async function choose(within: Page | Locator, label: string, option: string): Promise<void> {
  const field = within.getByRole("combobox", { name: label });
  await field.click();
  await field.fill(option);
  const page = "page" in within ? within.page() : within;
  await page.getByRole("option", { name: option }).click();
}

async function agree(page: Page, made: Made, from: string): Promise<void> {
  await page.goto(`/revenue-share?tab=deals&brand=${made.brand}`);
  await settled(page);
  await page.getByRole("button", { name: "Agree on the formula" }).click();
  const formula = page.getByRole("dialog", { name: "Net revenue" });
  await expect(formula.getByRole("status", { name: "Live example" })).toContainText("€350.00");
  await formula.getByLabel("Close months by itself", { exact: false }).fill("");
  await formula.getByRole("button", { name: "Agree on the formula" }).click();
  await expect(formula).toBeHidden();

  await page.getByRole("button", { name: "Agree on a share" }).first().click();
  const deal = page.getByRole("dialog", { name: "Agree on a share" });
  await choose(deal, "Partner", made.partnerName);
  await deal.getByLabel("From month").fill(from);
  await expect(deal.getByRole("status", { name: "Three months in a row" })).toContainText(
    "€420.00 of €1,400.00",
  );
  await deal.getByRole("button", { name: "Agree on a share" }).click();
  await expect(deal).toBeHidden();
  await expect(page.getByRole("cell", { name: "Carried over" })).toBeVisible();
}

async function upload(page: Page, made: Made, lines: string[]): Promise<Locator> {
  await page.goto("/revenue-share?open=upload");
  await settled(page);
  const dialog = page.getByRole("dialog", { name: "Upload results" });
  await choose(dialog, "Brand", made.brandName);
  const buffer = Buffer.from(["customer_id,day,bets,wins", ...lines].join("\n"));
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog.getByRole("button", { name: "CSV file" }).click(),
  ]);
  await chooser.setFiles({ name: "results.csv", mimeType: "text/csv", buffer });
  await dialog.getByRole("button", { name: "Upload", exact: true }).click();
  return dialog;
}

async function closeMonth(page: Page, made: Made, month: string): Promise<void> {
  await page.goto("/revenue-share?open=close");
  await settled(page);
  const dialog = page.getByRole("dialog", { name: "Close a month" });
  await choose(dialog, "Brand", made.brandName);
  await dialog.getByLabel("Month").fill(month);
  await dialog.getByRole("button", { name: "Look first" }).click();
  await expect(dialog.getByRole("row", { name: made.partnerName })).toBeVisible();
  await dialog.getByRole("button", { name: "Close a month" }).click();
  await expect(dialog).toBeHidden();
}

test("a hybrid deal pays for the customer, and a share once a negative month is made up for", async ({
  open,
}) => {
  const made = await programme(await apiOf("manager"));
  const [bad, good] = [monthBefore(2), monthBefore(1)];
  const page = await open("manager");
  await sell(page, made.slug, { order_id: `hybrid-${made.brand}`, customer_id: "player-1" });
  await agree(page, made, bad);

  const refused = await upload(page, made, [`player-1,${bad}-10,500.00,lots`]);
  await expect(refused.getByRole("alert")).toContainText("Line 2, Wins");
  const taken = await upload(page, made, [
    `player-1,${bad}-10,500.00,1500.00`,
    `player-1,${good}-10,2000.00,0`,
  ]);
  await expect(taken.getByRole("status")).toContainText("New days: 2");
  await closeMonth(page, made, bad);
  await closeMonth(page, made, good);

  await page.goto(`/revenue-share?advertiser_id=${made.brand}`);
  await settled(page);
  await expect(page.getByRole("row").filter({ hasText: bad })).toContainText("−€1,000.00");
  const earned = page.getByRole("row").filter({ hasText: good });
  await expect(earned).toContainText("€1,000.00");
  await expect(earned).toContainText("€300.00");

  const own = await open("partner");
  await own.goto("/revenue-share");
  await settled(own);
  const month = own.getByRole("row").filter({ hasText: good }).filter({ hasText: made.brandName });
  await expect(month).toContainText("€300.00");
  const { items } = await asked(await apiOf("partner"), "/v1/conversions", {
    order_id: `hybrid-${made.brand}`,
  });
  await own.goto(`/conversions/${items[0]?.id}`);
  await settled(own);
  await expect(own.getByRole("table", { name: "Who earns" })).toContainText("€10.00 a conversion");
});
