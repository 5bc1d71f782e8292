/** A smart link is made through the screens, tried with an imagined visitor, found again, and sends its clicks on. */
import { settled } from "../examples";
import { apiOf, asked, demo, expect, test } from "../people";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** A partner with two offers, by their names. */
async function partnerWithOffers() {
  const manager = await apiOf("manager");
  const { partner_id } = await asked(await apiOf("partner"), "/v1/me");
  const [partner, enrollments] = await Promise.all([
    asked(manager, `/v1/partners/${partner_id}` as "/v1/partners/{id}"),
    asked(manager, "/v1/enrollments", { partner_id: partner_id ?? "", limit: 10 }),
  ]);
  const names = enrollments.items.map(({ offer_id }) => enrollments.labels?.[offer_id] ?? offer_id);
  return { partner: partner.name, offers: names.slice(0, 2) };
}

test("a manager makes a smart link, tries a visitor, finds it again and sees it choose", async ({ open }) => {
  const { partner, offers } = await partnerWithOffers();
  const name = `Journey feed ${Date.now()}`;
  const page = await open("manager");
  await page.goto("/smart-links?form=new");
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("textbox", { name: "Name" }).fill(name);
  await drawer.getByRole("combobox", { name: "Partner" }).fill(partner);
  await page.getByRole("option", { name: partner }).click();
  for (const offer of offers) {
    await drawer.getByRole("combobox", { name: "Offers" }).click();
    await page.getByRole("option", { name: offer }).click();
  }
  await page.keyboard.press("Escape");
  await drawer.getByRole("button", { name: "Make the smart link" }).click();
  await expect(page).toHaveURL(/\/smart-links\/sml_/);
  await settled(page);
  for (const offer of offers)
    await expect(page.getByRole("row").filter({ hasText: offer })).toContainText("50.0%");

  await page.getByRole("button", { name: "Try", exact: true }).click();
  await page.getByRole("textbox", { name: "IP address" }).fill("83.0.12.7");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Offers for such a visitor" })).toBeVisible();
  await expect(page.getByText("takes the visitor: 50.0% of the time")).toHaveCount(2);
  await expect(page.getByText("Comes through to the landing page.")).toBeVisible();

  const address = new URL(page.url()).pathname;
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: /^Search partners/ }).fill(name);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await expect(page).toHaveURL(new RegExp(address));

  const smart = await asked(await apiOf("manager"), `/v1${address}` as "/v1/smart-links/{id}");
  const clicked = await fetch(`${demo().url}/c/${smart.slug}`, {
    redirect: "manual",
    headers: { "user-agent": BROWSER },
  });
  expect(clicked.status).toBe(302);
  expect(new URL(clicked.headers.get("location") ?? "").searchParams.get("click_id")).toBeTruthy();
});
