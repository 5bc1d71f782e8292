/** The board of payday leads from a number to the very rows that it counts. */
import { settled } from "../examples";
import { apiOf, expect, test } from "../people";
import { post } from "../selling";

test("the board says who is ready to be paid, and the batch moves it on", async ({ open }) => {
  test.setTimeout(180_000);
  const api = await apiOf("manager");
  const email = `board-${crypto.randomUUID()}@riverside.example`;
  const { id: partner = "" } = await post(api, "/v1/partners", { name: "Board Payee", email });
  await post(api, "/v1/adjustments", {
    partner_id: partner,
    kind: "bonus",
    amount: { minor: 12_345, currency: "EUR" },
    reason: "Something to pay",
  });
  const page = await open("manager");
  await page.goto("/payday");
  await settled(page);
  await expect(page.getByRole("heading", { level: 1, name: "Payday" })).toBeVisible();
  const steps = ["Reconcile", "Decide", "Close", "Approve", "Send", "Confirm"];
  for (const step of steps) await expect(page.getByRole("heading", { level: 2, name: step })).toBeVisible();

  const ready = page
    .getByRole("list", { name: "Approve" })
    .getByRole("link", { name: /Partners ready to be paid.*€/ });
  await ready.click();
  await settled(page);
  await expect(page.getByRole("heading", { level: 1, name: "Who is owed" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "Board Payee" });
  await expect(row).toContainText("€123.45");
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Make a batch of the chosen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make the batch" }).click();
  await expect(page.getByText("€123.45").first()).toBeVisible();

  await page.goto("/payday");
  await settled(page);
  const toSend = page
    .getByRole("list", { name: "Send" })
    .getByRole("link", { name: /Batches ready to send/ });
  await toSend.click();
  await settled(page);
  await expect(page.getByRole("row").filter({ hasText: "€123.45" }).first()).toBeVisible();
});
