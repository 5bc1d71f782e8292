/** A partner is paid before the day for a fee, and tax is kept back: what each side sees of it. */
import { settled } from "../examples";
import { apiOf, demo, expect, signIn, test } from "../people";
import { joins, post } from "../selling";

test("a partner asks to be paid early, and the manager agrees", async ({ open, visit }) => {
  test.setTimeout(180_000);
  const api = await apiOf("manager");
  const email = `early-${crypto.randomUUID()}@riverside.example`;
  const { id: partner = "" } = await post(api, "/v1/partners", { name: "Early Payee", email });
  await post(api, "/v1/adjustments", {
    partner_id: partner,
    kind: "bonus",
    amount: { minor: 10_000, currency: "EUR" },
    reason: "A good month",
  });

  const page = await open("manager");
  await page.goto("/payouts/payers");
  await settled(page);
  await page.getByRole("button", { name: "Change the fees" }).click();
  const fees = page.getByRole("dialog", { name: "Fees and early payouts" });
  await fees.getByLabel("Fee of being paid before the day").fill("60");
  await fees.getByRole("button", { name: "Save" }).click();
  await expect(fees.getByText("Enter 0 to 50", { exact: false })).toBeVisible();
  await fees.getByLabel("Fee of being paid before the day").fill("2");
  await fees.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("costs a partner 2 % of the payout", { exact: false })).toBeVisible();

  await page.goto(`/partners/${partner}?tab=statement`);
  await settled(page);
  const taken = page.locator("section").filter({ has: page.getByRole("heading", { name: "Fees and tax" }) });
  await taken.getByRole("button", { name: "Change" }).click();
  const own = page.getByRole("dialog", { name: "Fees and tax" });
  await own.getByLabel("Tax kept back").fill("19");
  await own.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("19 % of each payout is kept back as tax.")).toBeVisible();

  const theirs = await visit(demo().url);
  await signIn(theirs, await joins(api, "partner", { partner_id: partner }));
  await theirs.goto("/earnings");
  await expect(theirs.getByText("The next batch sends you €81.00.")).toBeVisible();
  await expect(theirs.getByText("Already taken off: tax €19.00.")).toBeVisible();
  await theirs.getByRole("button", { name: "Ask to be paid now" }).click();
  const asks = theirs.getByRole("dialog");
  await expect(asks).toContainText("You then get €79.00, after a fee of €2.00");
  await asks.getByRole("button", { name: "Ask to be paid now" }).click();
  await expect(theirs.getByText("Your manager has not answered yet", { exact: false })).toBeVisible();

  await page.goto("/payouts?currency=EUR&method=csv");
  await settled(page);
  const requests = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Asked to be paid early" }) });
  await expect(requests.getByText("€100.00 before the day", { exact: false })).toBeVisible();
  await requests.getByRole("button", { name: "Approve" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("The batch is made")).toBeVisible();

  await theirs.reload();
  const row = theirs.getByRole("row").filter({ hasText: "€79.00" }).first();
  await expect(row).toContainText("tax €19.00, paid early €2.00");
  const reset = await api.put("/v1/payout-terms", {
    data: { fee_bearer: "workspace", early_share_bp: null, fees: [] },
  });
  expect(reset.ok()).toBe(true);
});
