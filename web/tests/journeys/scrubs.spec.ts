/** A removal request from three sides: the advertiser asks, staff decides, the partner reads why and appeals. */
import type { Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, expect, test } from "../people";
import { post, sell } from "../selling";

const PROOF = "Sent back by ann@mail.example on the 3rd";

/** Three sales of a new offer, each charged 15.00, of which the partner earns 10.00; their conversions. */
async function threeSales(page: Page): Promise<string[]> {
  const api = await apiOf("manager");
  const { advertiser_id } = await asked(await apiOf("advertiser"), "/v1/me");
  const { partner_id } = await asked(await apiOf("partner"), "/v1/me");
  const { id: offer = "" } = await post(api, "/v1/offers", {
    advertiser_id,
    name: `Scrubbed in a journey ${Date.now()}`,
    landing_url: "https://shop.example/scrubbed",
    currency: "EUR",
    conversion_start: "approved",
    goals: [{ name: "sale", payout: { minor: 1000 }, revenue: { minor: 1500 } }],
  });
  await post(api, "/v1/enrollments", { offer_id: offer, partner_id });
  const { slug = "" } = await post(api, "/v1/links", { offer_id: offer, partner_id });
  for (const order of ["1", "2", "3"]) await sell(page, slug, { order_id: `${slug}-${order}` });
  await expect
    .poll(async () => (await asked(api, "/v1/conversions", { offer_id: offer })).items.length)
    .toBe(3);
  return ["1", "2", "3"].map((order) => `${slug}-${order}`);
}

async function ask(page: Page, orders: readonly string[]): Promise<void> {
  await page.goto("/scrubs");
  await settled(page);
  await page.getByRole("button", { name: "Ask for removal" }).first().click();
  const form = page.getByRole("dialog", { name: "Ask for removal" });
  await expect(form).toContainText("within 30 days from the approval");
  await form.getByLabel("Orders or conversions").fill(orders.join("\n"));
  await expect(form).toContainText("3 conversions are named");
  await form.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: /returned/i }).click();
  await form.getByLabel("Evidence").fill(PROOF);
  await form.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(form).toBeHidden();
  await expect(page.getByText("To decide").nth(2)).toBeVisible();
}

/** One is borne by the partner, one by both, one is refused. */
async function decide(page: Page): Promise<void> {
  await page.goto("/scrubs");
  await settled(page);
  await page.getByText("To decide").first().click();
  const request = page.getByRole("dialog", { name: "Removal request" });
  await expect(request).toContainText(PROOF);
  await expect(request.getByRole("status")).toContainText("owes €45.00 less; the partner loses €30.00");
  await request.getByRole("checkbox").nth(1).click();
  await request.getByRole("checkbox").nth(2).click();
  await expect(request.getByRole("status")).toContainText(
    "the partner loses €10.00, the network bears €0.00",
  );
  await request.getByRole("button", { name: "Remove 1" }).click();
  await expect(request.getByRole("checkbox")).toHaveCount(2);
  await request.getByRole("checkbox").nth(1).click();
  await request.getByText("Both", { exact: true }).click();
  await expect(request.getByRole("status")).toContainText("the partner loses €5.00, the network bears €5.00");
  await request.getByRole("button", { name: "Remove 1" }).click();
  await request.getByLabel("Words to both sides").fill("It was delivered");
  await request.getByRole("button", { name: "Refuse 1" }).click();
  await expect(request.getByText("Refused")).toBeVisible();
  await expect(request.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
}

async function appeal(page: Page): Promise<void> {
  await page.goto("/scrubs");
  await settled(page);
  await expect(page.getByRole("row").filter({ hasText: "Both" }).first()).toContainText("Removed");
  await page.getByRole("row").filter({ hasText: "The partner" }).first().getByText("Removed").click();
  const view = page.getByRole("dialog", { name: "Removal request" });
  await expect(view).toContainText("Sent back by … on the 3rd");
  await view.getByLabel("Your appeal").fill("The slip names another order");
  await view.getByRole("button", { name: "Appeal" }).click();
  await expect(view.getByText("To answer")).toBeVisible();
  await expect(view.getByRole("button", { name: "Appeal" })).toHaveCount(0);
}

test("a removal request is answered from three sides", async ({ open }) => {
  const advertiser = await open("advertiser");
  await ask(advertiser, await threeSales(advertiser));

  const manager = await open("manager");
  await decide(manager);

  const partner = await open("partner");
  await appeal(partner);

  await manager.goto("/scrubs?appeal_state=open");
  await settled(manager);
  await manager.getByText("To answer").first().click();
  const request = manager.getByRole("dialog", { name: "Removal request" });
  await expect(request).toContainText("The slip names another order");
  await request.getByLabel("Answer to the appeal").fill("So it does");
  await request.getByRole("button", { name: "Uphold" }).click();
  await expect(request.getByText("Upheld")).toBeVisible();

  await partner.reload();
  await expect(partner.getByRole("dialog")).toContainText("So it does");
  await advertiser.reload();
  await settled(advertiser);
  await expect(advertiser.getByRole("row").filter({ hasText: "Refused" }).first()).toBeVisible();
  await expect(advertiser.locator("#page")).not.toContainText("Upheld");
});
