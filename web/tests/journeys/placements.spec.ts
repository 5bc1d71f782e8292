/** A placement is agreed in the browser, proven by its partner, accepted by the manager, and owed. */
import { settled } from "../examples";
import { apiOf, asked, expect, test } from "../people";

test("a newsletter slot is agreed, proven by the partner, accepted and owed", async ({ open }) => {
  const me = await asked(await apiOf("partner"), "/v1/me");
  const partner = me.partner_id ?? "";
  const named = await (await apiOf("manager")).get(`/v1/partners/${partner}`);
  const { name } = (await named.json()) as { name: string };
  const title = `Sunday letter ${Date.now()}`;

  const page = await open("manager");
  await page.goto(`/partners/${partner}?tab=placements&placement=new`);
  await settled(page);
  const form = page.getByRole("dialog");
  await form.getByLabel("Offer").click();
  await page.getByRole("option").first().click();
  await form.getByLabel("Title").fill(title);
  await form.getByLabel("Day").fill("2026-11-20");
  await form.getByLabel("Fee").fill("120");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("table")).toContainText(title);

  const own = await open("partner");
  await own.goto("/placements");
  await settled(own);
  await own.getByText(title).click();
  await own.getByRole("button", { name: "Show proof" }).click();
  await own.getByLabel("Address of the proof").fill("https://trailnotes.example/letter-48");
  await own.getByRole("dialog").getByRole("button", { name: "Show proof" }).click();
  await expect(own.getByRole("table")).toContainText("Proven");

  await page.goto("/placements?state=proven");
  await settled(page);
  await page.getByText(title).click();
  await page.getByRole("button", { name: "Accept" }).click();
  const sure = page.getByRole("dialog").filter({ hasText: "with the next payout" });
  await expect(sure).toContainText(name);
  await sure.getByRole("button", { name: "Accept" }).click();
  await expect(sure).toBeHidden();

  const { items } = await asked(await apiOf("partner"), "/v1/placements", { state: "accepted" });
  expect(items.find((placement) => placement.title === title)).toMatchObject({
    state: "accepted",
    fee: { minor: 12_000 },
  });
});
