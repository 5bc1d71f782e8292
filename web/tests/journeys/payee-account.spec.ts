/** A partner changes the account it is paid to: the change waits for a confirmation, then for its time, and can be stopped. */
import { settled } from "../examples";
import { apiOf, demo, expect, signIn, test } from "../people";
import { joins, post } from "../selling";

const OLD = "DE89370400440532013000";
const NEW = "PL61109010140000071219812874";

test("a partner changes a bank account", async ({ open, visit }) => {
  const api = await apiOf("manager");
  const email = `account-${crypto.randomUUID()}@riverside.example`;
  const { id: partner = "" } = await post(api, "/v1/partners", { name: "Account Payee", email });
  const set = await api.put(`/v1/partners/${partner}/payout-details`, {
    data: { method: "sepa", details: { name: "Account Payee", iban: OLD } },
  });
  expect(set.ok()).toBe(true);

  const theirs = await visit(demo().url);
  await signIn(theirs, await joins(api, "partner", { partner_id: partner }));
  await theirs.goto("/profile");
  await settled(theirs);
  await theirs.getByRole("button", { name: "Change", exact: true }).first().click();
  await theirs.getByLabel("IBAN").fill("PL61109010140000071219812875");
  await theirs.getByLabel("Account holder").fill("Account Payee");
  await theirs.getByRole("button", { name: "Save" }).last().click();
  await expect(theirs.getByText("IBAN: check what you typed")).toBeVisible();
  await theirs.getByLabel("IBAN").fill(NEW);
  await theirs.getByRole("button", { name: "Save" }).last().click();
  await expect(theirs.getByText("Open the link that we mailed to you.", { exact: false })).toBeVisible();
  await expect(theirs.getByText("…3000").first()).toBeVisible();

  // No mail server in this installation: the manager calls the partner and confirms in its place.
  const page = await open("manager");
  await page.goto(`/partners/${partner}?tab=statement`);
  await settled(page);
  await page.getByRole("button", { name: "Confirm for the partner" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Confirm for the partner" }).click();
  await expect(page.getByText("It was confirmed and holds from", { exact: false })).toBeVisible();

  await theirs.reload();
  await settled(theirs);
  await expect(theirs.getByText("It was confirmed and holds from", { exact: false })).toBeVisible();
  await theirs.getByRole("button", { name: "Stop the change" }).click();
  await theirs.getByRole("dialog").getByRole("button", { name: "Stop the change" }).click();
  await expect(theirs.getByText("It was confirmed and holds from", { exact: false })).toBeHidden();
  await theirs.getByText("Changes so far").click();
  await expect(theirs.getByText("Stopped", { exact: true })).toBeVisible();
});

test("a link that opens nothing says so", async ({ visit }) => {
  const page = await visit(demo().url);
  await page.goto("/confirm-account#token=guess");
  await page.getByRole("button", { name: "Confirm the account" }).click();
  await expect(page.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();
});
