/** A plan is tried on the past before it is switched on; a past window is priced anew by two people; a partner asks for a rate. */
import type { APIRequestContext, Page } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, demo, expect, signIn, test } from "../people";
import { joins, post, VISITOR } from "../selling";

interface Made {
  offer: string;
  partner: string;
  slug: string;
}

/** An offer of its own, with a partner of its own. */
async function programme(api: APIRequestContext, name: string): Promise<Made> {
  const { items } = await asked(api, "/v1/advertisers", { limit: 1 });
  const { id: offer = "" } = await post(api, "/v1/offers", {
    advertiser_id: items[0]?.id,
    name,
    landing_url: "https://shop.example/trial",
    currency: "EUR",
    goals: [{ name: "sale", payout: { percent: "10" }, revenue: { percent: "15" } }],
  });
  const email = `trial-${crypto.randomUUID()}@partner.example`;
  const { id: partner = "" } = await post(api, "/v1/partners", { name: `Partner, ${name}`, email });
  await post(api, "/v1/enrollments", { offer_id: offer, partner_id: partner });
  const { slug = "" } = await post(api, "/v1/links", { offer_id: offer, partner_id: partner });
  return { offer, partner, slug };
}

/** Sells for 80.00; what that earns. */
async function sells(page: Page, slug: string, order: string): Promise<number | undefined> {
  const click = await page.request.get(`/c/${slug}`, { maxRedirects: 0, headers: { "User-Agent": VISITOR } });
  const landing = new URL(click.headers().location ?? "");
  const params = {
    click_id: landing.searchParams.get("click_id") ?? "",
    goal: "sale",
    amount: "80.00",
    currency: "EUR",
    order_id: order,
    token: demo().postback_token,
  };
  const sale = await page.request.get("/postback", { params });
  if (!sale.ok()) throw new Error(`postback: ${sale.status()} ${await sale.text()}`);
  return earned(order);
}

async function earned(order: string): Promise<number | undefined> {
  const { items } = await asked(await apiOf("manager"), "/v1/conversions", { order_id: order });
  return items[0]?.payout?.minor;
}

/** A new member, by an invitation. */
async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("Line 1, Country").focus();
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press("ControlOrMeta+V");
}

/** Pastes a card, tries it on the past; the page shows what was found. */
async function pastesAndTries(page: Page, offer: string, card: string): Promise<void> {
  await page.goto(`/offers/${offer}?tab=plan`);
  await settled(page);
  await paste(page, card);
  await expect(page.getByText("Draft saved.", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Simulate" }).click();
  const drawer = page.getByRole("dialog", { name: "Try the draft on the past" });
  await drawer.getByRole("button", { name: "Simulate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Simulation" })).toBeVisible();
}

test("a pasted rate card is simulated, switched on, and prices the next sale", async ({ open }) => {
  const { offer, slug } = await programme(await apiOf("manager"), "Tried in a journey");
  const page = await open("manager");
  expect(await sells(page, slug, `tried-${offer}`)).toBe(800);

  await pastesAndTries(page, offer, "Country\tGoal\tRate\tRevenue\nall\tsale\t12%\t15%");
  await expect(page.getByText("comes to what stands, to the minor unit", { exact: false })).toBeVisible();
  const winners = page.getByRole("list", { name: "Would earn more" });
  await expect(winners).toContainText("+€1.60");
  await expect(page.getByRole("list", { name: "Before and after" })).toContainText("€9.60");

  await page.getByRole("link", { name: "To the draft" }).click();
  await page.getByRole("button", { name: "Switch on" }).click();
  const dialog = page.getByRole("dialog", { name: "Switch the plan on" });
  await expect(dialog).toContainText("€8.00 now, €9.60 by the draft");
  await dialog.getByRole("button", { name: "Switch on now" }).click();
  await expect(dialog).toBeHidden();

  expect(await sells(page, slug, `then-${offer}`)).toBe(960);
  const { items } = await asked(await apiOf("manager"), "/v1/audit", { subject: offer });
  const switched = items.find(({ action }) => action === "plan.switched_on");
  expect(JSON.stringify(switched?.after)).toContain('"simulation":{');
});

test("two people price a past window anew", async ({ open, visit }) => {
  const api = await apiOf("manager");
  const { offer, slug } = await programme(api, "Priced anew in a journey");
  const page = await open("manager");
  expect(await sells(page, slug, `anew-${offer}`)).toBe(800);

  await pastesAndTries(page, offer, "Country\tGoal\tRate\tRevenue\nall\tsale\t12.5%\t15%");
  await page.getByRole("button", { name: "Propose a reprice" }).click();
  const proposal = page.getByRole("dialog", { name: "Propose a reprice" });
  await proposal.getByRole("textbox").fill("Promised for the season");
  await proposal.getByRole("button", { name: "Propose a reprice" }).click();
  await expect(page.getByText("Another person has to confirm it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Confirm" })).toBeHidden();

  const second = await visit(demo().url);
  await signIn(second, await joins(api, "finance"));
  await second.goto(page.url());
  await second.getByRole("button", { name: "Confirm" }).click();
  await expect(second.getByText("1 conversion priced anew", { exact: false })).toBeVisible({
    timeout: 30_000,
  });
  expect(await earned(`anew-${offer}`)).toBe(1000);

  const { items } = await asked(api, "/v1/conversions", { order_id: `anew-${offer}` });
  await page.goto(`/conversions/${items[0]?.id}`);
  await expect(page.getByText("Promised for the season").first()).toBeVisible();
});

test("a partner asks for a rate, and the manager gives it", async ({ open, visit }) => {
  const api = await apiOf("manager");
  const { offer, partner, slug } = await programme(api, "Bump in a journey");
  const theirs = await visit(demo().url);
  await signIn(theirs, await joins(api, "partner", { partner_id: partner }));
  expect(await sells(theirs, slug, `asked-${offer}`)).toBe(800);

  await theirs.goto(`/offers/${offer}`);
  await settled(theirs);
  await theirs.getByRole("button", { name: "Ask for a rate" }).click();
  const form = theirs.getByRole("dialog", { name: "Ask for a rate" });
  await form.getByLabel("The rate you ask for: how much").fill("13");
  await form.getByLabel("Why", { exact: false }).fill("400 sales a month");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(theirs.getByText("You asked for 13%", { exact: false })).toBeVisible();

  const page = await open("manager");
  await page.goto("/rate-requests");
  await settled(page);
  const request = page.locator("div").filter({ hasText: "Bump in a journey" }).last();
  const asks = page.getByText("400 sales a month");
  await expect(asks).toBeVisible();
  await expect(request).toBeVisible();
  const figures = page.getByRole("table").first();
  await expect(figures).toContainText("€8.00");
  await expect(figures).toContainText("€10.40");
  await page.getByRole("button", { name: "Accept" }).first().click();
  const answer = page.getByRole("dialog", { name: "Accept" });
  await answer.getByRole("button", { name: "Accept" }).click();
  await expect(answer).toBeHidden();

  expect(await sells(theirs, slug, `given-${offer}`)).toBe(1040);
  await theirs.reload();
  await expect(theirs.getByText("Accepted").first()).toBeVisible();
});
