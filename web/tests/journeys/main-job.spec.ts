/** The whole main job by hand in the browser, on an installation that nobody has set up: from the first start to paid. */
import type { Page } from "@playwright/test";
import { settled } from "../examples";
import { expect, fresh, test } from "../people";

const OWNER = { name: "Anna Owner", email: "anna@meadow.example", password: "correct horse battery" };
const PARTNER = { name: "Blue Blog", email: "jan@blueblog.example", password: "battery staple horse" };
/** The clock that ends holds runs each minute. */
const HOLD_ENDS_WITHIN_MS = 100_000;
const VISITOR = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

async function setUp(page: Page): Promise<void> {
  await page.goto(fresh().setUpUrl);
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(OWNER.password);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Workspace name").fill("Meadow");
  await page.getByRole("combobox", { name: "Reporting currency" }).fill("EUR");
  await page.getByRole("option", { name: /EUR/ }).first().click();
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.getByLabel("Advertiser").fill("Meadow Shop");
  await page.getByLabel("Offer name").fill("Garden furniture");
  await page.getByLabel("Landing page").fill("https://shop.example/garden");
  await page.getByLabel("Per cent of the sale").fill("10");
  await expect(page.getByText("pays the partner").first()).toContainText("€8.00");
  await page.getByRole("button", { name: "Create offer" }).click();
  await expect(page).toHaveURL(/\/offers\/ofr_/);
}

/** Approved money is payable at once, so that the journey need not wait two weeks. */
async function dropTheHold(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByLabel("Hold").first().fill("0");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByLabel("Hold").first()).toHaveValue(/^0/);
}

/** Makes the partner and gives back the address of the invitation to pass on. */
async function invitePartner(page: Page): Promise<string> {
  await page.getByRole("link", { name: "Partners", exact: true }).first().click();
  await page.getByRole("button", { name: "New partner" }).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("textbox", { name: "Name" }).fill(PARTNER.name);
  await drawer.getByLabel("E-mail").fill(PARTNER.email);
  await drawer.getByRole("button", { name: /^Create/ }).click();
  const address = drawer.getByText(/\/accept-invitation#token=/);
  await expect(address).toBeVisible();
  return (await address.textContent())?.trim() ?? "";
}

async function joinAndTakeLink(page: Page, invitation: string): Promise<string> {
  await page.goto(invitation);
  await page.getByRole("textbox", { name: "Name" }).fill("Jan Partner");
  await page.getByRole("textbox", { name: "New password" }).fill(PARTNER.password);
  await page.getByRole("button", { name: "Join" }).click();
  await page.getByRole("link", { name: "Offers" }).first().click();
  await page.getByRole("link", { name: "Garden furniture" }).first().click();
  await expect(page.getByText("10", { exact: false }).first()).toBeVisible();
  await page.getByRole("button", { name: "Join" }).first().click();
  const join = page.getByRole("dialog");
  await join
    .getByRole("button", { name: /Join|Send the request/ })
    .last()
    .click();
  await page.keyboard.press("Escape");
  await page.goto("/links?new=true");
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Offer").click();
  await page.getByRole("option", { name: "Garden furniture" }).click();
  await drawer.getByRole("button", { name: "Make the link" }).click();
  const address = drawer.locator("input[readonly]").first();
  await expect(address).toHaveValue(/\/c\//);
  return address.inputValue();
}

/** A visitor follows the link and buys; the shop reports it. */
async function buy(page: Page, link: string): Promise<void> {
  const click = await page.request.get(link, { maxRedirects: 0, headers: { "User-Agent": VISITOR } });
  expect(click.status()).toBe(302);
  const landing = new URL(click.headers().location ?? "");
  expect(landing.host).toBe("shop.example");
  await page.goto("/settings/postback");
  await page.getByRole("button", { name: "Show the token" }).first().click();
  const token =
    (
      await page
        .getByText(/pbt_[\w-]+/)
        .first()
        .textContent()
    )?.match(/pbt_[\w-]+/)?.[0] ?? "";
  const sale = await page.request.get("/postback", {
    params: {
      click_id: landing.searchParams.get("click_id") ?? "",
      amount: "80.00",
      currency: "EUR",
      order_id: "first-order",
      token,
    },
  });
  expect(await sale.json()).toMatchObject({ status: "pending" });
}

async function approve(page: Page): Promise<void> {
  await page.goto("/conversions");
  await page.getByRole("row").filter({ hasText: "first-order" }).click();
  const detail = page.getByRole("dialog", { name: /^Conversion/ });
  await expect(detail).toContainText("8.00");
  await detail.getByRole("button", { name: "Approve" }).click();
  await page
    .getByRole("button", { name: /^Approve/ })
    .last()
    .click();
  await expect(detail).toContainText("Approved");
}

async function pay(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto("/payouts");
        await settled(page);
        return page.getByRole("row").filter({ hasText: PARTNER.name }).filter({ hasText: "€8.00" }).count();
      },
      { timeout: HOLD_ENDS_WITHIN_MS },
    )
    .toBeGreaterThan(0);
  await page.getByRole("button", { name: "Make a batch" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("€8.00");
  await dialog.getByRole("button", { name: "Make the batch" }).click();
  await expect(page).toHaveURL(/\/payouts\/batches\/pyb_/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the file" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole("button", { name: "Mark all as paid" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mark as paid" }).click();
  await expect(page.getByText("Paid").first()).toBeVisible();
}

test("from the first start to a partner who sees that they are paid", async ({ visit }) => {
  test.setTimeout(300_000);
  const owner = await visit(fresh().url);
  await setUp(owner);
  await dropTheHold(owner);
  const invitation = await invitePartner(owner);
  const partner = await visit(fresh().url);
  const link = await joinAndTakeLink(partner, invitation);
  await buy(owner, link);
  await approve(owner);
  await pay(owner);

  await partner.goto("/earnings");
  await settled(partner);
  await expect(partner.getByText("Paid so far").first()).toBeVisible();
  await expect(partner.locator("#page")).toContainText("€8.00");
  await partner.goto("/conversions");
  await expect(partner.getByRole("row").filter({ hasText: "€8.00" }).first()).toContainText("Paid");
});
