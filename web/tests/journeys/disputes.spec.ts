/** Disputes of a partner: a rejected conversion talked over and reinstated, a missing one told of and made up for. */
import type { Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, expect, test } from "../people";
import { post, sell } from "../selling";

/** A sale of the partner's that staff has rejected; its id. */
async function rejectedSale(page: Page): Promise<string> {
  const api = await apiOf("manager");
  const { partner_id } = await asked(await apiOf("partner"), "/v1/me");
  const [advertiser] = (await asked(api, "/v1/advertisers")).items;
  const { id: offer = "" } = await post(api, "/v1/offers", {
    advertiser_id: advertiser?.id,
    name: `Disputed in a journey ${Date.now()}`,
    landing_url: "https://shop.example/disputed",
    currency: "EUR",
    goals: [{ name: "sale", payout: { minor: 1000 }, revenue: { minor: 1500 } }],
  });
  await post(api, "/v1/enrollments", { offer_id: offer, partner_id });
  const { slug = "" } = await post(api, "/v1/links", { offer_id: offer, partner_id });
  await sell(page, slug, { order_id: `${slug}-1` });
  const sold = () => asked(api, "/v1/conversions", { offer_id: offer });
  await expect.poll(async () => (await sold()).items.length).toBe(1);
  const id = (await sold()).items[0]?.id ?? "";
  await post(api, `/v1/conversions/${id}/reject`, { reason: "returned" });
  return id;
}

test("a rejected conversion is disputed, talked over, and reinstated", async ({ open }) => {
  const partner = await open("partner");
  const id = await rejectedSale(partner);
  await partner.goto(`/conversions/${id}`);
  await settled(partner);
  await partner.getByRole("button", { name: "Dispute it" }).click();
  const form = partner.getByRole("dialog", { name: "Wrongly rejected" });
  await form.getByLabel("What is wrong").fill("It was delivered on the 12th");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(form).toBeHidden();
  await partner.getByRole("link", { name: "It is disputed" }).click();

  const manager = await open("manager");
  await manager.goto("/disputes");
  await settled(manager);
  await manager.getByRole("table").getByText("To decide").first().click();
  const dispute = manager.getByRole("dialog", { name: "Wrongly rejected" });
  await expect(dispute).toContainText("It was delivered on the 12th");
  await expect(dispute).toContainText("The goods were returned");
  await dispute.getByLabel("Message to the other side").fill("Who signed for it?");
  await dispute.getByRole("button", { name: "Write" }).click();
  await expect(dispute.getByText("Who signed for it?").last()).toBeVisible();

  await partner.reload();
  const own = partner.getByRole("dialog", { name: "Wrongly rejected" });
  await expect(own).toContainText("Who signed for it?");
  await own.getByLabel("Message to the other side").fill("The customer");
  await own.getByRole("button", { name: "Write" }).click();
  await expect(own.getByText("The customer").first()).toBeVisible();

  await dispute.getByLabel("Your reason").fill("Slip signed");
  await dispute.getByRole("button", { name: "Uphold" }).click();
  await expect(dispute.getByText("Upheld")).toBeVisible();
  await partner.reload();
  await expect(own).toContainText("Slip signed");
  await partner.goto(`/conversions/${id}`);
  await expect(partner.getByText("Approved").first()).toBeVisible();
});

test("a missing conversion is told of, and made up for", async ({ open }) => {
  const partner = await open("partner");
  await partner.goto("/disputes");
  await settled(partner);
  await partner.getByRole("button", { name: "Tell of a missing conversion" }).first().click();
  const form = partner.getByRole("dialog", { name: "Missing conversion" });
  const order = `LOST-${Date.now()}`;
  await form.getByLabel("Order id").fill(order);
  await form.getByLabel("What is wrong").fill("Ordered by telephone with my code");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(partner.getByRole("dialog")).toContainText(order);

  const manager = await open("manager");
  await manager.goto("/disputes?kind=missing");
  await settled(manager);
  await manager.getByRole("table").getByText(order).click();
  const dispute = manager.getByRole("dialog", { name: "Missing conversion" });
  await expect(dispute).toContainText("There is no conversion of this click or order.");
  await dispute.getByLabel("Given on top").fill("5");
  await expect(dispute.getByRole("status", { name: "What upholding does" })).toContainText("€5.00");
  await dispute.getByLabel("Your reason").fill("Shop confirms");
  await dispute.getByRole("button", { name: "Uphold" }).click();
  await expect(dispute.getByText("Upheld")).toBeVisible();
});
