/** The manager's work with the keyboard alone: no pointer is used after the page is open. */
import type { Page } from "@playwright/test";
import { settled } from "../examples";
import { expect, test } from "../people";

const TAB_STOPS_MAX = 80;

/** Goes on from field to field until the one of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < TAB_STOPS_MAX; stop++) {
    await page.keyboard.press("Tab");
    const focused = page.locator("*:focus");
    const snapshot = await focused.ariaSnapshot().catch(() => "");
    if (name.test(snapshot.split("\n")[0] ?? "")) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

async function goTo(page: Page, key: string, heading: string): Promise<void> {
  // A drawer takes keys until it has gone, and a slow machine may part the two strokes.
  await expect(page.locator('[role="dialog"]')).toHaveCount(0);
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await settled(page);
}

test("a partner, an offer, a verdict and a batch by keyboard alone", async ({ open }) => {
  test.setTimeout(300_000);
  const page = await open("manager");
  await page.goto("/");
  await settled(page);

  await goTo(page, "p", "Partners");
  await tabTo(page, /button "New partner"/);
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("Keyboard Partner");
  await tabTo(page, /textbox "E-mail/);
  await page.keyboard.type("keyboard@partner.example");
  await page.keyboard.press("Enter");
  await expect(drawer.getByText(/accept-invitation#token=/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();

  await goTo(page, "o", "Offers");
  await tabTo(page, /link "New offer"/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New offer" })).toBeVisible();
  await tabTo(page, /"Advertiser/);
  await page.keyboard.type("Northwind");
  await expect(page.getByRole("option", { name: /Northwind/ }).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(page, /textbox "Name/);
  await page.keyboard.type("Keyboard Offer");
  await tabTo(page, /textbox "Landing page/);
  await page.keyboard.type("https://shop.example/keys");
  await tabTo(page, /"Partner earns: how much/);
  await page.keyboard.type("10");
  await tabTo(page, /"Advertiser is charged: how much/);
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Keyboard Offer" })).toBeVisible();

  await goTo(page, "c", "Conversions");
  await page.keyboard.press("j");
  await expect(page.getByRole("row").nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row").nth(1)).toBeFocused();

  await goTo(page, "m", "Who is owed");
  await tabTo(page, /button "Make a batch"/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("€");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Make a batch" })).toBeFocused();
});
