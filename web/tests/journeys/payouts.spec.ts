/** A payout run: two people, one payment that fails, and what each partner sees of it. */
import type { APIRequestContext } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, demo, expect, signIn, test } from "../people";
import { joins, post } from "../selling";

const IBANS = ["DE89370400440532013000", "PL61109010140000071219812874"];

/** A partner with a SEPA account and something payable. */
async function payee(api: APIRequestContext, name: string, iban: string, minor: number): Promise<string> {
  const email = `payee-${crypto.randomUUID()}@riverside.example`;
  const { id = "" } = await post(api, "/v1/partners", { name, email });
  const answer = await api.put(`/v1/partners/${id}/payout-details`, {
    data: { method: "sepa", details: { name, iban } },
  });
  expect(answer.ok()).toBe(true);
  await post(api, "/v1/adjustments", {
    partner_id: id,
    kind: "bonus",
    amount: { minor, currency: "EUR" },
    reason: "A run of payouts",
  });
  return id;
}

async function limit(api: APIRequestContext, limit_minor: number | null): Promise<void> {
  const answer = await api.put("/v1/payout-approval-limit", { data: { limit_minor } });
  expect(answer.ok()).toBe(true);
}

test("a batch takes two people, and the payment that fails is owed again", async ({ open, visit }) => {
  test.setTimeout(300_000);
  const api = await apiOf("manager");
  const [blue, green] = await Promise.all([
    payee(api, "Blue Payee", IBANS[0] ?? "", 6_000_000),
    payee(api, "Green Payee", IBANS[1] ?? "", 5_000_000),
  ]);
  const page = await open("manager");

  await page.goto("/payouts/payers");
  await settled(page);
  const bank = page.locator("section").filter({ has: page.getByRole("heading", { name: "SEPA transfer" }) });
  await bank.getByRole("button").click();
  const account = page.getByRole("dialog", { name: "SEPA transfer" });
  await account.getByLabel("Name of the account holder").fill("Riverside GmbH");
  await account.getByLabel("IBAN").fill("DE02120300000000202052");
  await account.getByRole("button", { name: "Save" }).click();
  await expect(account.getByText("Check the IBAN", { exact: false })).toBeVisible();
  await account.getByLabel("IBAN").fill("DE02120300000000202051");
  await account.getByRole("button", { name: "Save" }).click();
  await expect(account).toBeHidden();

  // Far above what other journeys pay, and taken back as soon as the batch is made.
  await limit(api, 5_000_000);
  try {
    await page.goto("/payouts?currency=EUR&method=sepa");
    await settled(page);
    await page.getByRole("button", { name: "Make a batch" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Make the batch" }).click();
    await expect(page.getByText("Waits for a second person").first()).toBeVisible();
  } finally {
    await limit(api, null);
  }
  await expect(page.getByText("a colleague has to agree", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Agree" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Download the file" })).toBeHidden();

  const second = await visit(demo().url);
  await signIn(second, await joins(api, "finance"));
  await second.goto(page.url());
  await second.getByRole("button", { name: "Agree" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Agree" }).click();
  await expect(second.getByText("Ready to send").or(second.getByText("Agreed to")).first()).toBeVisible();

  const download = second.waitForEvent("download");
  await second.getByRole("button", { name: "Download the file" }).click();
  await second.getByRole("menuitem", { name: "SEPA file (pain.001.001.09)" }).click();
  const stream = await (await download).createReadStream();
  const file = Buffer.concat(await stream.toArray()).toString();
  expect(file).toContain("pain.001.001.09");
  expect(file).toContain(IBANS[1]);

  await second.getByRole("button", { name: "Send", exact: true }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
  const row = second.getByRole("row").filter({ hasText: "Green Payee" });
  await row.getByRole("button").last().click();
  await second.getByRole("menuitem", { name: "Mark as failed" }).click();
  const failed = second.getByRole("dialog");
  await failed.getByRole("textbox").fill("AC04 account closed");
  await failed.getByRole("button", { name: "Mark as failed" }).click();
  await expect(row.getByText("Failed")).toBeVisible();
  await second.getByRole("button", { name: "Mark all as paid" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Mark as paid" }).click();
  await expect(second.getByRole("row").filter({ hasText: "Blue Payee" }).getByText("Paid")).toBeVisible();

  const partner = await visit(demo().url);
  await signIn(partner, await joins(api, "partner", { partner_id: green }));
  await partner.goto("/earnings");
  await settled(partner);
  await expect(partner.getByText("AC04 account closed").first()).toBeVisible();
  await expect(partner.getByText("The next batch sends you €50,000.00", { exact: false })).toBeVisible();
  const balance = await api.get(`/v1/partners/${blue}/balance`);
  expect(JSON.stringify(await balance.json())).toContain('"paid":6000000');
});
