/** A network moves in: an export of another platform is uploaded, checked, mended, imported and reported on. */
import { apiOf, asked, expect, test } from "../people";

const csv = (name: string, lines: string[]) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`${lines.join("\n")}\n`),
});

const OFFERS = csv("offers.csv", [
  "Offer.id,Offer.name,Offer.offer_url,Offer.status,Offer.currency,Offer.default_payout,Brand",
  "8801,Harbour Boots,https://harbour.example/?tid={transaction_id},active,EUR,8.00,Harbour",
  "8802,Harbour Hats,https://harbour.example/hats,sleeping,EUR,6.00,Harbour",
]);
const PARTNERS = csv("partners.csv", [
  "Affiliate.id,Affiliate.company,AffiliateUser.email,Affiliate.status",
  "7701,Quay Notes,hello@quaynotes.example,active",
]);
const BALANCES = csv("balances.csv", ["Affiliate.id,Balance,Currency", "7701,120.50,EUR"]);

test("an export of another platform is checked, mapped and imported", async ({ open }) => {
  const page = await open("manager");
  await page.goto("/settings/moving-in");
  await page.getByRole("button", { name: "Move in" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Platform" }).click();
  await page.getByRole("option", { name: "TUNE (HasOffers)" }).click();
  await dialog.getByRole("button", { name: "Begin" }).click();

  await page
    .getByRole("region", { name: "Offers", exact: true })
    .locator("input[type=file]")
    .setInputFiles(OFFERS);
  const offers = page.getByRole("region", { name: "Offers", exact: true });
  await expect(offers.getByText("offers.csv")).toBeVisible();
  await page
    .getByRole("region", { name: "Partners", exact: true })
    .locator("input[type=file]")
    .setInputFiles(PARTNERS);
  await expect(page.getByText("partners.csv")).toBeVisible();
  await page
    .getByRole("region", { name: "Opening balances", exact: true })
    .locator("input[type=file]")
    .setInputFiles(BALANCES);
  await expect(page.getByText("balances.csv")).toBeVisible();

  // The file calls the advertiser by a column that no platform has, and one status is unknown.
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByText("A needed value is missing").first()).toBeVisible();
  await offers.getByRole("button", { name: /^Columns/ }).click();
  const mapping = page.getByRole("dialog");
  await mapping.getByRole("combobox", { name: "Column for Name of the advertiser" }).click();
  await page.getByRole("option", { name: "Brand" }).click();
  await mapping.getByRole("button", { name: "Save columns" }).click();
  await expect(mapping).toBeHidden();
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByText("The mapping does not know this word")).toBeVisible();
  await expect(page.getByText("sleeping")).toBeVisible();

  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("Import is done")).toBeVisible({ timeout: 60_000 });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as CSV" }).click();
  expect((await download).suggestedFilename()).toBe("not-understood.csv");

  const api = await apiOf("manager");
  const found = await asked(api, "/v1/partners", { q: "7701" });
  const partner = found.items[0];
  expect(partner?.name).toBe("Quay Notes");
  const balance = await api.get(`/v1/partners/${partner?.id}/balance`);
  expect((await balance.json()).items[0].payable).toBe(12_050);
});
