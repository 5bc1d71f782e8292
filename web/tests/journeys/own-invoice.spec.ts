/** A partner writes its own invoice: it waits for one, one is sent back, another is accepted, and the batch carries it. */
import { settled } from "../examples";
import { apiOf, demo, expect, signIn, test } from "../people";
import { joins, post } from "../selling";

const PDF = { name: "invoice.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") };

test("a partner is paid once its own invoice is accepted", async ({ open, visit }) => {
  test.setTimeout(300_000);
  const api = await apiOf("manager");
  const email = `biller-${crypto.randomUUID()}@riverside.example`;
  const { id: partner = "" } = await post(api, "/v1/partners", { name: "Own Biller", email });
  await post(api, "/v1/adjustments", {
    partner_id: partner,
    kind: "bonus",
    amount: { minor: 80_000, currency: "EUR" },
    reason: "A campaign",
  });

  // Staff says that this partner writes its own invoices.
  const page = await open("manager");
  await page.goto(`/partners/${partner}?tab=on-file`);
  await settled(page);
  await page.getByRole("button", { name: "Ask for more" }).click();
  const demands = page.getByRole("dialog", { name: "On file before payouts to this partner" });
  await demands.getByRole("combobox", { name: "Who writes the invoices" }).click();
  await page.getByRole("option", { name: "The partner, by its own invoice" }).click();
  await demands.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Own invoices" })).toBeVisible();

  // The partner reads what to invoice, and hands it in.
  const theirs = await visit(demo().url);
  await signIn(theirs, await joins(api, "partner", { partner_id: partner }));
  await theirs.goto("/earnings");
  await settled(theirs);
  await expect(theirs.getByText("once your own invoice for it is accepted", { exact: false })).toBeVisible();
  await expect(theirs.getByText("Something is left to invoice.")).toBeVisible();
  const handIn = async (number: string) => {
    await theirs.getByRole("button", { name: "Hand in an invoice" }).click();
    const drawer = theirs.getByRole("dialog", { name: "Hand in an invoice" });
    await drawer.getByLabel("Number").fill(number);
    await drawer.getByLabel("Net").fill("650.41");
    await drawer.getByLabel("Tax").fill("149.59");
    await drawer.getByLabel("Gross").fill("800.00");
    await drawer.locator('input[type="file"]').setInputFiles(PDF);
    await drawer.getByRole("button", { name: "Hand in" }).click();
    await expect(drawer).toBeHidden();
  };
  await handIn("OB/1");
  await expect(theirs.getByText("All of it is handed in and waits for a review.")).toBeVisible();

  // Finance sends it back and says why.
  await page.goto("/payouts/own-invoices");
  await settled(page);
  await page.getByRole("button", { name: "Send back: OB/1" }).click();
  const back = page.getByRole("dialog");
  await back.getByLabel("Why").fill("Our VAT number is missing");
  await back.getByRole("button", { name: "Send back" }).click();
  await expect(page.getByText("The invoice was sent back")).toBeVisible();

  await theirs.reload();
  await settled(theirs);
  await expect(theirs.getByText("Our VAT number is missing").first()).toBeVisible();
  await handIn("OB/1a");
  await page.reload();
  await settled(page);
  await page.getByRole("button", { name: "Accept: OB/1a" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText("The invoice is accepted")).toBeVisible();

  await post(api, "/v1/payout-batches", { currency: "EUR", method: "csv", partner_ids: [partner] });
  await theirs.reload();
  await settled(theirs);
  await expect(theirs.getByText("Paid with a payout").first()).toBeVisible();
});
