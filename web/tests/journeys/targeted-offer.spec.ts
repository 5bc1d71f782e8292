/** An offer is built through the screens: who may come, by what traffic, and how much is taken. Then its doors keep to it. */
import type { APIRequestContext, Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, demo, expect, test } from "../people";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const POLAND = "83.0.12.7";
const GERMANY = "84.128.10.9";

async function outline(page: Page, name: string): Promise<void> {
  await page.goto("/offers/new");
  await settled(page);
  await page.getByRole("combobox", { name: "Advertiser", exact: true }).click();
  await page.getByRole("option").first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).first().fill(name);
  await page
    .getByRole("textbox", { name: "Landing page" })
    .fill("https://kayaks.example/?click_id={click_id}");
  await page.getByLabel("Partner earns: how much").fill("10");
  await page.getByLabel("Advertiser is charged: how much").fill("15");
  await page.getByRole("button", { name: "Show all rules" }).click();
  const push = page.getByRole("radiogroup", { name: "Rule for Push" });
  await push.getByText("Forbidden").click();
  await page.getByRole("radiogroup", { name: "Rule for SEO" }).getByText("By approval").click();
  await page.getByRole("button", { name: "Create the offer" }).click();
  await expect(page).toHaveURL(/\/offers\/ofr_/);
}

async function target(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Rules" }).click();
  await expect(
    page.getByRole("radiogroup", { name: "Rule for Push" }).getByRole("radio", { name: "Forbidden" }),
  ).toBeChecked();
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByRole("menuitem", { name: "Country" }).click();
  const countries = page.getByRole("group", { name: "Country" }).getByRole("combobox", { name: "Country" });
  await countries.fill("Poland");
  await page.getByRole("option", { name: "Poland" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The rules are saved")).toBeVisible();
}

async function limit(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Caps" }).click();
  await page.getByRole("button", { name: "Add a cap" }).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("textbox", { name: "Limit" }).fill("1");
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The cap is in force")).toBeVisible();
}

/** A partner on the offer, with a link of a type of traffic that the offer allows. */
async function linkTo(manager: APIRequestContext, offer: string) {
  const { items } = await asked(manager, "/v1/partners", { state: "active", limit: 1 });
  const both = { offer_id: offer, partner_id: items[0]?.id };
  expect((await manager.post("/v1/enrollments", { data: both })).ok()).toBe(true);
  const link = await manager.post("/v1/links", { data: { ...both, traffic_type: "content" } });
  const pushed = await manager.post("/v1/links", { data: { ...both, traffic_type: "push" } });
  return { link: await link.json(), pushed: await pushed.json() };
}

/** A click as of a visitor from that address: who holds a manager's key may tell what was. */
async function click(slug: string, address: string): Promise<string | null> {
  const answer = await fetch(`${demo().url}/c/${slug}`, {
    redirect: "manual",
    headers: {
      "user-agent": BROWSER,
      authorization: `Bearer ${demo().manager.api_key}`,
      "tributary-replay-address": address,
    },
  });
  const location = answer.headers.get("location");
  return location ? new URL(location).searchParams.get("click_id") : null;
}

async function sale(clickId: string | null, order: string) {
  const query = new URLSearchParams({
    click_id: clickId ?? "",
    goal: "sale",
    amount: "80.00",
    currency: "EUR",
    order_id: order,
    token: demo().postback_token,
  });
  return (await fetch(`${demo().url}/postback?${query}`)).json();
}

test("a manager builds a targeted, capped offer with traffic rules, and its doors keep to it", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const name = `Kayaks ${Date.now()}`;
  const page = await open("manager");
  await outline(page, name);
  await target(page);
  await limit(page);

  const offer = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const manager = await apiOf("manager");
  const { link, pushed } = await linkTo(manager, offer);
  expect(await click(link.slug, GERMANY), "from another country").toBeNull();
  expect(await click(pushed.slug, POLAND), "by a forbidden type of traffic").toBeNull();
  const order = `KAYAK-${Date.now()}`;
  expect(await sale(await click(link.slug, POLAND), `${order}-1`)).toMatchObject({ status: "pending" });
  expect(await sale(await click(link.slug, "83.0.12.8"), `${order}-2`)).toMatchObject({
    status: "rejected",
    reason: "cap_offer_day_conversions",
  });

  await page.reload();
  await settled(page);
  await expect(page.getByRole("row").filter({ hasText: "Conversions" }).first()).toContainText("1 of 1");
  await page.goto(`/links?open=${link.id}`);
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "Try", exact: true }).click();
  await drawer.getByRole("textbox", { name: "IP address" }).fill(GERMANY);
  await drawer.getByRole("button", { name: "Try", exact: true }).click();
  await expect(drawer.getByText(/Turned away/)).toBeVisible();
  await drawer.getByRole("textbox", { name: "IP address" }).fill(POLAND);
  await drawer.getByRole("button", { name: "Try", exact: true }).click();
  await expect(drawer.getByText("Comes through to the landing page.")).toBeVisible();
});
