/** A manager has a rule watch what conversions cost, finds out why it speaks, and says what was done. */
import { settled } from "../examples";
import { apiOf, demo, expect, signIn, test } from "../people";
import { joins } from "../selling";

test("what conversions cost is watched, looked into and acted on", async ({ open, visit }) => {
  test.setTimeout(240_000);
  const api = await apiOf("manager");
  const name = `Cost ${crypto.randomUUID().slice(0, 8)}`;
  const page = await open("manager");
  await page.goto("/alerts");
  await settled(page);
  await page.getByRole("link", { name: "Rules" }).click();
  await settled(page);
  await expect(page.getByRole("row", { name: /A partner has gone quiet/ })).toBeVisible();

  // A rule is tried before it is kept.
  await page.getByRole("button", { name: "New rule" }).click();
  const drawer = page.getByRole("dialog", { name: "New rule" });
  await drawer.getByLabel("Name").fill(name);
  await drawer.getByRole("combobox", { name: "Metric" }).click();
  await page.getByRole("option", { name: "eCPA", exact: true }).click();
  await drawer.getByRole("combobox", { name: "Speaks when it" }).click();
  await page.getByRole("option", { name: "is above" }).click();
  await drawer.getByLabel("Limit").fill("0.05");
  await drawer.getByRole("combobox", { name: "Over the last" }).click();
  await page.getByRole("option", { name: "168 hours" }).click();
  await drawer.getByRole("combobox", { name: "For each" }).click();
  await page.getByRole("option", { name: "Offer", exact: true }).click();
  await drawer.getByRole("button", { name: "What it would find now" }).click();
  await expect(drawer.getByRole("status")).toContainText(/It would find [1-9]/);
  await expect(drawer.getByText("Found", { exact: true }).first()).toBeVisible();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rule is saved")).toBeVisible();

  // It has looked by the time the manager goes back.
  await expect
    .poll(async () => {
      const { items } = await (await api.get("/v1/alerts?state=open")).json();
      return items.filter((alert: { rule_name: string }) => alert.rule_name === name).length;
    })
    .toBeGreaterThan(0);
  await page.goto("/alerts");
  await settled(page);
  await page
    .getByRole("row", { name: new RegExp(name) })
    .first()
    .click();
  const alert = page.getByRole("dialog", { name });
  await expect(alert.getByText("0.05", { exact: false }).first()).toBeVisible();
  await alert.getByRole("link", { name: "What changed" }).click();
  await settled(page);
  await expect(page).toHaveURL(/metric=ecpa/);
  await expect(page.getByText(/^Offer: /)).toBeVisible();
  await expect(page.getByText(/^eCPA (rose|fell|is)/)).toBeVisible();

  // What was done is said, and the alert waits no more.
  await page.goBack();
  await alert.getByRole("button", { name: "Take it on" }).click();
  await expect(alert.getByRole("button", { name: "Take it on" })).toBeHidden();
  await alert.getByLabel("What was done").fill("Lowered the rate of the source that sells nothing");
  await alert.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByText("The alert is resolved")).toBeVisible();
  await page.goto("/alerts?show=resolved");
  await settled(page);
  await page
    .getByRole("row", { name: new RegExp(name) })
    .first()
    .click();
  await expect(alert.getByText("Lowered the rate of the source that sells nothing")).toBeVisible();

  // An analyst reads it and changes nothing.
  const theirs = await visit(demo().url);
  await signIn(theirs, await joins(api, "analyst", {}));
  await theirs.goto("/alerts/rules");
  await settled(theirs);
  await expect(theirs.getByText(name)).toBeVisible();
  await expect(theirs.getByRole("button", { name: "New rule" })).toBeHidden();

  const rules = await (await api.get("/v1/alert-rules")).json();
  const mine = rules.items.find((rule: { name: string }) => rule.name === name);
  expect((await api.delete(`/v1/alert-rules/${mine.id}`)).status()).toBe(204);
});
