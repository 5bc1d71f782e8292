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

test("a partner divides its payouts over two accounts", async ({ open, visit }) => {
  const api = await apiOf("manager");
  const name = `Divided ${crypto.randomUUID().slice(0, 8)}`;
  const { id: partner = "" } = await post(api, "/v1/partners", {
    name,
    email: `${crypto.randomUUID()}@riverside.example`,
  });
  const theirs = await visit(demo().url);
  await signIn(theirs, await joins(api, "partner", { partner_id: partner }));
  await theirs.goto("/profile");
  await settled(theirs);
  await theirs.getByRole("button", { name: "Set payout details" }).click();
  await theirs.getByRole("button", { name: "Divide over another account" }).click();
  const main = theirs.getByRole("group", { name: "Account 1" });
  const second = theirs.getByRole("group", { name: "Account 2" });
  await main.getByLabel("Account holder").fill(name);
  await main.getByLabel("IBAN").fill(OLD);
  await second.getByRole("combobox", { name: "Method" }).click();
  await theirs.getByRole("option", { name: "Paid elsewhere" }).click();
  await theirs.getByRole("button", { name: "Save" }).last().click();
  await expect(second.getByText("A share is more than nothing", { exact: false })).toBeVisible();
  await second.getByLabel("Share of what is due").fill("30");
  await expect(main.getByText(/^70\s?% of what is due/)).toBeVisible();
  await theirs.getByRole("button", { name: "Save" }).last().click();
  await expect(theirs.getByText(/^70\s?% of what is due$/)).toBeVisible();
  await expect(theirs.getByText(/^30\s?% of what is due$/)).toBeVisible();

  // The next payout says what goes where, and each method's batch pays its part.
  const bonus = {
    partner_id: partner,
    kind: "bonus",
    amount: { minor: 10_000, currency: "EUR" },
    reason: "A",
  };
  await post(api, "/v1/adjustments", bonus);
  await theirs.goto("/earnings");
  await settled(theirs);
  await expect(
    theirs.getByText(/€70\.00: SEPA transfer \(70\s?%\); €30\.00: Paid elsewhere \(30\s?%\)/),
  ).toBeVisible();
  const page = await open("manager");
  await page.goto("/payouts?currency=EUR&method=external");
  await settled(page);
  await page.getByRole("row", { name }).getByRole("checkbox").check();
  await expect(page.getByText("A batch of the chosen pays", { exact: false }).first()).toContainText(
    "€30.00",
  );
  await page.getByRole("button", { name: "Make a batch of the chosen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make the batch" }).click();
  await expect(page.getByRole("row", { name })).toContainText("(30%)");
});

test("a link that opens nothing says so", async ({ visit }) => {
  const page = await visit(demo().url);
  await page.goto("/confirm-account#token=guess");
  await page.getByRole("button", { name: "Confirm the account" }).click();
  await expect(page.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();
});
