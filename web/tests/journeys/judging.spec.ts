/** Conversions are judged: one by the advertiser, several at once by the manager. */
import { settled } from "../examples";
import { apiOf, asked, expect, test } from "../people";

test("an advertiser rejects a conversion with a reason that its partner can read", async ({ open }) => {
  const pending = await asked(await apiOf("advertiser"), "/v1/conversions", { status: "pending", limit: 1 });
  const [conversion] = pending.items;
  if (!conversion) throw new Error("the demo has nothing to judge");
  const page = await open("advertiser");
  await page.goto(`/conversions/${conversion.id}`);
  await settled(page);
  await page.getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").click();
  await page.getByRole("option").first().click();
  await dialog.getByRole("button", { name: /^Reject/ }).click();
  await expect(page.locator("#page")).toContainText("Rejected");

  const now = await asked(await apiOf("manager"), "/v1/conversions", { order_id: conversion.order_id ?? "" });
  expect(now.items.find(({ id }) => id === conversion.id)).toMatchObject({ status: "rejected" });
});

test("a manager approves several at once, and is told before what it moves", async ({ open }) => {
  const page = await open("manager");
  await page.goto("/conversions?period=last_12_months&status=pending");
  await settled(page);
  const boxes = page.getByRole("row").getByRole("checkbox");
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  await page
    .getByRole("button", { name: /^Approve/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("2 conversions");
  await expect(dialog).toContainText("€");
  await dialog.getByRole("button", { name: /^Approve 2/ }).click();
  await expect(dialog).toBeHidden();
});

test("rows are read and opened by keyboard alone", async ({ open }) => {
  const page = await open("manager");
  await page.goto("/conversions?period=last_12_months");
  await settled(page);
  await page.getByRole("row").nth(1).focus();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page).toHaveURL(/open=cnv_/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});
