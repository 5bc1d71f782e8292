/** A rate card is pasted, looked over, switched on, and prices the next sale. */
import type { APIRequestContext, Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, expect, test } from "../people";
import { post, sell } from "../selling";

interface Made {
  offer: string;
  partner: string;
  slug: string;
}

/** An offer of its own, so that no other journey's sales change their price. */
async function programme(api: APIRequestContext): Promise<Made> {
  const { items } = await asked(api, "/v1/advertisers", { limit: 1 });
  const { id: offer = "" } = await post(api, "/v1/offers", {
    advertiser_id: items[0]?.id,
    name: "Plans in a journey",
    landing_url: "https://shop.example/plans",
    currency: "EUR",
    goals: [{ name: "sale", payout: { percent: "10" }, revenue: { percent: "15" } }],
  });
  const { id: partner = "" } = await post(api, "/v1/partners", {
    name: "Card Reader",
    email: `card-reader-${Date.now()}@partner.example`,
  });
  await post(api, "/v1/enrollments", { offer_id: offer, partner_id: partner });
  const { slug = "" } = await post(api, "/v1/links", { offer_id: offer, partner_id: partner });
  return { offer, partner, slug };
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("Line 1, Country").focus();
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press("ControlOrMeta+V");
}

/** What a sale of 80.00 earns. */
async function sells(page: Page, slug: string, order: string): Promise<number | undefined> {
  await sell(page, slug, { order_id: order });
  const { items } = await asked(await apiOf("manager"), "/v1/conversions", { order_id: order });
  return items[0]?.payout?.minor;
}

test("a pasted rate card is switched on and prices the next sale", async ({ open }) => {
  const { offer, slug } = await programme(await apiOf("manager"));
  const page = await open("manager");
  expect(await sells(page, slug, `before-${offer}`)).toBe(800);

  await page.goto(`/offers/${offer}?tab=plan`);
  await settled(page);
  await paste(page, "Country\tGoal\tRate\tRevenue\nall\tsale\t12%\t20%\nAtlantis\tsale\t15%\t20%");
  await expect(page.getByText("2 lines pasted")).toBeVisible();
  await expect(page.getByText("“Atlantis” is no country")).toBeVisible();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeHidden();
  await page.getByLabel("Line 2, Country").fill("Germany");
  await expect(page.getByText("Draft saved.", { exact: false })).toBeVisible();
  await expect(page.getByRole("status", { name: "Live example" })).toContainText("earns €9.60");

  await page.getByRole("radio", { name: "Rules" }).press("Space");
  await expect(
    page.getByRole("list", { name: "What partners earn" }).getByRole("listitem").first(),
  ).toContainText("Germany: 15% of the amount");
  await page.getByRole("button", { name: "Switch on" }).click();
  const dialog = page.getByRole("dialog", { name: "Switch the plan on" });
  await expect(dialog).toContainText("12% of the amount");
  await dialog.getByRole("button", { name: "Switch on now" }).click();
  await expect(dialog).toBeHidden();

  expect(await sells(page, slug, `after-${offer}`)).toBe(960);
});
