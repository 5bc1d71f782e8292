/** A postback that stopped being believed is found by the doctor, repaired, and seen to arrive. */
import type { APIRequestContext } from "@playwright/test";
import { settled } from "../examples";
import { apiOf, asked, demo, expect, test } from "../people";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** An active offer of the demo's advertiser with a link that works. */
async function patient(manager: APIRequestContext) {
  const me = await asked(await apiOf("advertiser"), "/v1/me");
  const advertiser = me.advertiser_id ?? "";
  const offers = await asked(manager, "/v1/offers", {
    advertiser_id: advertiser,
    state: "active",
    limit: 50,
  });
  for (const offer of offers.items) {
    const links = await asked(manager, "/v1/links", { offer_id: offer.id, state: "active", limit: 20 });
    for (const link of links.items) {
      const clicked = await manager.get(`${demo().url}/c/${link.slug}`, {
        headers: { "user-agent": BROWSER },
        maxRedirects: 0,
      });
      const click = new URL(clicked.headers().location ?? "http://nowhere.example").searchParams.get(
        offer.landing_parameter,
      );
      const goal = offer.goals.find(({ is_primary }) => is_primary)?.name ?? "";
      if (click) return { advertiser, offer, click, goal };
    }
  }
  throw new Error("the demo's advertiser has no offer with a working link");
}

test("a manager repairs a broken postback with the doctor", async ({ open }) => {
  const manager = await apiOf("manager");
  const { advertiser, offer, click, goal } = await patient(manager);
  const path = `/v1/advertisers/${advertiser}`;
  const before = await (await manager.get(path)).json();
  const made = await (await manager.post(`${path}/postback-token`)).json();
  const sale = `/postback?click_id=${click}&goal=${encodeURIComponent(goal)}&amount=80.00&currency=${offer.currency}&order_id=JOURNEY-${Date.now()}&token=${made.secret}`;
  const call = async () => (await fetch(`${demo().url}${sale}`)).status;
  // Somebody typed the network of another office.
  await manager.patch(path, { data: { ip_allow_list: ["198.51.100.0/24"] } });
  try {
    expect(await call()).toBe(401);
    const page = await open("manager");
    await page.goto(`/offers/${offer.id}?tab=doctor`);
    await settled(page);
    await page.getByRole("button", { name: "Look now" }).click();
    await expect(page.getByText("Broken: The advertiser’s own calls")).toBeVisible();
    await expect(page.getByText("Put the address it came from on the list")).toBeVisible();

    await page.getByRole("link", { name: "Open the connection of the advertiser" }).click();
    await expect(page.getByText("It came, and was refused").first()).toBeVisible();
    await expect(page.getByText("From 127.0.0.1").first()).toBeVisible();

    await page.goto(`/advertisers?open=${advertiser}`);
    const drawer = page.getByRole("dialog");
    const addresses = drawer.getByLabel("Allowed addresses");
    await addresses.fill("127.0.0.1");
    await addresses.press("Enter");
    await drawer.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/is saved/)).toBeVisible();

    await page.goto(`/advertisers/${advertiser}`);
    expect(await call(), "the same call, sent again").toBe(200);
    await expect(page.getByText("We received it").first()).toBeVisible();

    await page.goto(`/offers/${offer.id}?tab=doctor`);
    await page.getByRole("button", { name: "Look now" }).click();
    await expect(page.getByText("Everything holds").first()).toBeVisible();
    const daily = page.getByRole("switch", { name: "Look daily" });
    await daily.click({ force: true });
    await expect(daily).not.toBeChecked();
  } finally {
    await manager.patch(path, { data: { ip_allow_list: before.ip_allow_list } });
  }
});

test("an advertiser copies its lines and watches a test arrive", async ({ open }) => {
  const manager = await apiOf("manager");
  const { click, goal } = await patient(manager);
  const me = await asked(await apiOf("advertiser"), "/v1/me");
  const { secret } = await (await manager.post(`/v1/advertisers/${me.advertiser_id}/postback-token`)).json();
  const page = await open("advertiser");
  await page.goto("/connection");
  await settled(page);
  await expect(page.getByRole("tab", { name: "From the server" })).toBeVisible();
  await page.getByRole("tab", { name: "Google Tag Manager" }).click();
  await expect(page.getByText("Custom HTML tag: after a sale")).toBeVisible();
  await page.getByRole("button", { name: "Only what comes from now on" }).click();
  await expect(page.getByText("Waiting for the first call.")).toBeVisible();
  const query = `click_id=${click}&goal=${encodeURIComponent(goal)}&test=1&token=${secret}`;
  const told = await (await fetch(`${demo().url}/postback?${query}`)).json();
  expect(told.conversion_id).toBeNull();
  await expect(page.getByText("We received it").first()).toBeVisible();
  await expect(page.getByText("Test", { exact: true }).first()).toBeVisible();
});
