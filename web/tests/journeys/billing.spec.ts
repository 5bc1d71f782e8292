/** Advertisers' bills: a balance runs out, the offer stops, a top-up lets it go on; a month is invoiced. */
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, demo, expect, test } from "../people";
import { post, sell, VISITOR } from "../selling";

const SHOP = "shop.example";

/** An advertiser of its own with an offer that charges 15.00 for a sale, joined by a partner of its own. */
async function programme(api: APIRequestContext) {
  const name = `Prepaid shop ${Date.now()}`;
  const { id: partner = "" } = await post(api, "/v1/partners", {
    name: `Partner of ${name}`,
    email: `partner-${Date.now()}@journey.example`,
  });
  const { id: advertiser = "" } = await post(api, "/v1/advertisers", { name });
  const { id: offer = "" } = await post(api, "/v1/offers", {
    advertiser_id: advertiser,
    name: "Prepaid in a journey",
    landing_url: `https://${SHOP}/prepaid`,
    currency: "EUR",
    conversion_start: "approved",
    goals: [{ name: "sale", payout: { minor: 1000 }, revenue: { minor: 1500 } }],
  });
  await post(api, "/v1/enrollments", { offer_id: offer, partner_id: partner });
  const { slug = "" } = await post(api, "/v1/links", { offer_id: offer, partner_id: partner });
  return { advertiser, name, slug };
}

/** Whether who follows the link comes to the shop. */
async function lands(page: Page, slug: string): Promise<boolean> {
  const url = `${demo().url}/c/${slug}`;
  const answer = await page.request.get(url, { maxRedirects: 0, headers: { "User-Agent": VISITOR } });
  return answer.headers().location?.includes(SHOP) ?? false;
}

async function pays(page: Page, amount: string, reference: string): Promise<void> {
  await page.getByRole("button", { name: "Record a payment" }).click();
  const form = page.getByRole("dialog", { name: "Record a payment" });
  await form.getByLabel("Amount").fill(amount);
  await form.getByLabel("Reference").fill(reference);
  await form.getByRole("button", { name: "Record a payment" }).click();
  await expect(form).toBeHidden();
}

/** The card of the advertiser's account. */
function account(page: Page): Locator {
  return page.getByText("In advance, EUR").locator("xpath=../..");
}

test("a balance runs out, the offer stops, and a top-up lets it go on", async ({ open }) => {
  const { advertiser, name, slug } = await programme(await apiOf("manager"));
  const page = await open("manager");
  await page.goto(`/advertisers?open=${advertiser}`);
  await settled(page);
  await page.getByRole("link", { name: "Balance, payments and invoices" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();

  await page.getByRole("button", { name: "Set terms" }).click();
  const terms = page.getByRole("dialog", { name: "Set terms" });
  await terms.getByText("In advance").click();
  await terms.getByRole("button", { name: "Save" }).click();
  await expect(account(page)).toContainText("Stopped");
  expect(await lands(page, slug)).toBe(false);

  await pays(page, "20", `T-1 ${slug}`);
  await expect(account(page)).toContainText("€20.00");
  await expect.poll(() => lands(page, slug)).toBe(true);
  await sell(page, slug, { order_id: `${slug}-1` });
  await sell(page, slug, { order_id: `${slug}-2` });
  await expect.poll(() => lands(page, slug)).toBe(false);
  await page.goto(`/conversions?order_id=${slug}-2`);
  await settled(page);
  await expect(page.getByRole("table")).toContainText("Rejected");

  await page.goto(`/billing/${advertiser}`);
  await pays(page, "100", `T-2 ${slug}`);
  await expect(account(page)).toContainText("€105.00");
  await expect(page.getByRole("table", { name: "Payments" })).toContainText(`T-2 ${slug}`);
  await expect.poll(() => lands(page, slug)).toBe(true);
});

test("a month is invoiced, and the invoice undone by a credit note", async ({ open }) => {
  const api = await apiOf("manager");
  const { items } = await asked(api, "/v1/receivables");
  const owes = items.find(({ not_invoiced }) => not_invoiced > 0);
  const page = await open("manager");
  await page.goto(`/billing/${owes?.advertiser_id}`);
  await settled(page);
  await page.getByRole("button", { name: "Draw an invoice" }).click();
  const drawing = page.getByRole("dialog", { name: "Draw an invoice" });
  await drawing.getByRole("button", { name: "Draw an invoice" }).click();
  await expect(page.getByRole("heading", { name: "Draft of an invoice" })).toBeVisible();
  const total = await page.getByRole("row", { name: /^Total/ }).textContent();
  await page.getByRole("button", { name: "Issue" }).click();
  await page.getByRole("dialog", { name: "Issue" }).getByRole("button", { name: "Issue" }).click();
  await expect(page.getByRole("heading", { name: /Invoice INV-/ })).toBeVisible();
  expect(await page.getByRole("row", { name: /^Total/ }).textContent()).toBe(total);

  await page.getByRole("button", { name: "Issue a credit note" }).click();
  const undoing = page.getByRole("dialog", { name: "Issue a credit note" });
  await undoing.getByLabel("Why").fill("The wrong company was named");
  await undoing.getByRole("button", { name: "Issue a credit note" }).click();
  await expect(page.getByRole("heading", { name: /Credit note CN-/ })).toBeVisible();
  await page.getByRole("link", { name: "the invoice before" }).click();
  await expect(page.getByText("Undone", { exact: true })).toBeVisible();
});
