import type { Examples } from "./pages";
import { apiOf, asked } from "./people";

async function firstId(
  person: "manager" | "partner" | "advertiser",
  path:
    | "/v1/advertisers"
    | "/v1/offers"
    | "/v1/partners"
    | "/v1/conversions"
    | "/v1/payout-batches"
    | "/v1/smart-links",
) {
  const list = await asked(await apiOf(person), path, { limit: 1 });
  const [first] = list.items as { id: string }[];
  if (!first) throw new Error(`the demo has nothing in ${path} for the ${person}`);
  return first.id;
}

/** The click of a conversion that has one. */
async function clickOf(person: "manager"): Promise<string> {
  const list = await asked(await apiOf(person), "/v1/conversions", { status: "approved", limit: 10 });
  const click = list.items.find(({ click_id }) => click_id)?.click_id;
  if (!click) throw new Error("the demo has no conversion with a click");
  return click;
}

/** Rows of the demo that each person may open. */
export async function examples(): Promise<Examples> {
  const [advertiser, offer, partner, conversion, batch, smartLink] = await Promise.all([
    firstId("manager", "/v1/advertisers"),
    firstId("manager", "/v1/offers"),
    firstId("manager", "/v1/partners"),
    firstId("manager", "/v1/conversions"),
    firstId("manager", "/v1/payout-batches"),
    firstId("manager", "/v1/smart-links"),
  ]);
  const [partnersOffer, partnersConversion, advertisersOffer, advertisersConversion] = await Promise.all([
    firstId("partner", "/v1/offers"),
    firstId("partner", "/v1/conversions"),
    firstId("advertiser", "/v1/offers"),
    firstId("advertiser", "/v1/conversions"),
  ]);
  const click = await clickOf("manager");
  return {
    advertiser,
    offer,
    partner,
    conversion,
    click,
    batch,
    smartLink,
    partnersOffer,
    partnersConversion,
    advertisersOffer,
    advertisersConversion,
  };
}

/** The page shows its heading and nothing is still loading. */
export async function settled(page: import("@playwright/test").Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
  await page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
}
