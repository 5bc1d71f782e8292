/** An advertiser pays for being on the platform: on trial, charged, overdue, paused, paid, on again. */
import type { Page } from "@playwright/test";
import { settled } from "../examples";
import { expect, test } from "../people";
import { VISITOR } from "../selling";
import { ownServer } from "../servers";

/** The job that charges and reminds runs each minute. */
const WITHIN_MS = 100_000;
/** Their days are never the same: a clock that moves from one to the other is a day ahead. */
const BEHIND = "Pacific/Pago_Pago";
const AHEAD = "Pacific/Kiritimati";
const SHOP = "shop.example";

async function send(page: Page, method: string, path: string, data: object): Promise<Record<string, string>> {
  const headers = { "X-Tributary-CSRF": "1", "Idempotency-Key": crypto.randomUUID() };
  const answer = await page.request.fetch(path, { method, data, headers });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Record<string, string>;
}

const post = (page: Page, path: string, data: object) => send(page, "POST", path, data);

async function setUp(page: Page, setUpUrl: string): Promise<void> {
  const token = new URL(setUpUrl).hash.replace("#token=", "");
  await post(page, "/v1/setup", {
    token,
    workspace_name: "Riverside",
    timezone: BEHIND,
    reporting_currency: "EUR",
    name: "Anna Owner",
    email: "anna@riverside.example",
    password: "correct horse battery",
  });
}

/** An advertiser with an offer, and a partner's link to it. */
async function programme(page: Page): Promise<{ advertiser: string; slug: string }> {
  const { id: advertiser = "" } = await post(page, "/v1/advertisers", { name: "Meadow Shop" });
  const { id: offer = "" } = await post(page, "/v1/offers", {
    advertiser_id: advertiser,
    name: "Garden furniture",
    landing_url: `https://${SHOP}/garden`,
    currency: "EUR",
    goals: [{ name: "sale", payout: { minor: 1000 }, revenue: { minor: 1500 } }],
  });
  const { id: partner = "" } = await post(page, "/v1/partners", {
    name: "Blue Blog",
    email: "jan@blueblog.example",
  });
  await post(page, "/v1/enrollments", { offer_id: offer, partner_id: partner });
  const { slug = "" } = await post(page, "/v1/links", { offer_id: offer, partner_id: partner });
  return { advertiser, slug };
}

async function lands(page: Page, slug: string): Promise<boolean> {
  const answer = await page.request.get(`/c/${slug}`, {
    maxRedirects: 0,
    headers: { "User-Agent": VISITOR },
  });
  return answer.headers().location?.includes(SHOP) ?? false;
}

/** What the subscription's section says, once it says so. */
async function says(page: Page, words: string): Promise<void> {
  const section = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Subscription" }) });
  await expect
    .poll(
      async () => {
        await page.reload();
        await settled(page);
        return section.textContent();
      },
      { timeout: WITHIN_MS },
    )
    .toContain(words);
}

async function remind(page: Page, days: string, pause: string): Promise<void> {
  await page.goto("/billing?view=plans");
  await settled(page);
  await page.getByRole("button", { name: "Change the reminders" }).click();
  const form = page.getByRole("dialog", { name: "Reminders" });
  await form.getByLabel("Remind after, days").fill(days);
  await form.getByLabel("Stop offers after, days").fill(pause);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
}

test("a new advertiser is on trial, charged, reminded, paused, and on again once it pays", async ({
  visit,
}) => {
  test.setTimeout(900_000);
  const server = await ownServer();
  try {
    const page = await visit(server.url);
    await setUp(page, server.setUpUrl);
    const { advertiser, slug } = await programme(page);
    const bills = `/billing/${advertiser}`;
    const clock = (timezone: string) => send(page, "PATCH", "/v1/workspace", { timezone });

    await page.goto("/billing?view=plans");
    await settled(page);
    await page.getByRole("button", { name: "New plan" }).click();
    const making = page.getByRole("dialog", { name: "New plan" });
    await making.getByLabel("Name").fill("Growth");
    await making.getByLabel("Price").fill("49");
    await making.getByLabel("Days of trial").fill("1");
    await making.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("table", { name: "Plans" })).toContainText("Growth");
    const large = { name: "Large", price: { minor: 9_900, currency: "EUR" }, period: "month" };
    await post(page, "/v1/subscription-plans", large);

    await page.goto(bills);
    await settled(page);
    await page.getByRole("button", { name: "Start a subscription" }).click();
    const starting = page.getByRole("dialog", { name: "Start a subscription" });
    await starting.getByRole("combobox", { name: "Plan" }).click();
    await page.getByRole("option", { name: /Growth/ }).click();
    await starting.getByRole("button", { name: "Start" }).click();
    await expect(starting).toBeHidden();
    await says(page, "On trial");

    // The trial is over, and the first period is charged.
    await clock(AHEAD);
    await says(page, "Active");
    await expect(page.getByRole("table", { name: "Fees" })).toContainText("€49.00");
    await page.getByRole("button", { name: "Change the plan" }).click();
    const changing = page.getByRole("dialog", { name: "Change the plan" });
    await changing.getByRole("combobox", { name: "Plan" }).click();
    await page.getByRole("option", { name: /Large/ }).click();
    await expect(changing.getByText("is charged now, without tax", { exact: false })).toBeVisible();
    await changing.getByText("From the next period on").click();
    await expect(changing.getByText("Nothing is charged now.")).toBeVisible();
    await page.keyboard.press("Escape");

    // Invoiced a day earlier and due at once, it is overdue a day later.
    await clock(BEHIND);
    const to = new Date().toISOString();
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const draft = await post(page, "/v1/invoices", { advertiser_id: advertiser, currency: "EUR", from, to });
    await page.goto(`/invoices/${draft.id}`);
    await settled(page);
    await expect(page.getByRole("table", { name: "Lines" })).toContainText("Subscription: Period");
    await post(page, `/v1/invoices/${draft.id}/issue`, {});
    await remind(page, "1", "30");
    await clock(AHEAD);
    await page.goto(bills);
    await says(page, "Past due");
    expect(await lands(page, slug)).toBe(true);

    await remind(page, "1", "1");
    await page.goto(bills);
    await says(page, "Paused");
    await expect(page.getByText("The subscription is paused").first()).toBeVisible();
    expect(await lands(page, slug)).toBe(false);

    await page.getByRole("button", { name: "Record a payment" }).click();
    const paying = page.getByRole("dialog", { name: "Record a payment" });
    await paying.getByLabel("Amount").fill("49");
    await paying.getByLabel("Reference").fill("SEPA 1");
    await paying.getByRole("button", { name: "Record a payment" }).click();
    await expect(paying).toBeHidden();
    await says(page, "Active");
    await expect.poll(() => lands(page, slug)).toBe(true);
  } finally {
    await server.stop();
  }
});
