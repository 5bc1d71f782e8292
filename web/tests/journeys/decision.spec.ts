/** A decision is read: by the manager with its numbers, by the partner without what is not the partner's. */
import { settled } from "../examples";
import { apiOf, asked, demo, expect, test } from "../people";

/** A sale that came with a click id nobody gave out: refused at its second step. */
async function refused(): Promise<string> {
  const api = await apiOf("manager");
  const query = new URLSearchParams({
    click_id: "01KAMX4S5T0000000000000000",
    goal: "sale",
    order_id: `read-a-decision-${Date.now()}`,
    token: demo().postback_token,
  });
  const answer = (await (await api.get(`/postback?${query}`)).json()) as { conversion_id: string };
  return answer.conversion_id;
}

test("a manager reads why a conversion was refused, and what would have changed it", async ({ open }) => {
  const conversion = await refused();
  const page = await open("manager");
  await page.goto(`/conversions/${conversion}`);
  await settled(page);
  const steps = page.getByRole("list", { name: "Why" });
  await expect(steps).toContainText("Refused");
  await expect(steps).toContainText("What would have changed it: A click id that this system gave out");
  await expect(page.locator("#page")).toContainText(/steps behind it were not reached/);
});

test("a manager follows a conversion to its click, and reads both", async ({ open }) => {
  const list = await asked(await apiOf("manager"), "/v1/conversions", { status: "approved", limit: 1 });
  const [conversion] = list.items;
  if (!conversion?.click_id) throw new Error("the demo has no conversion with a click");
  const page = await open("manager");
  await page.goto(`/conversions/${conversion.id}`);
  await settled(page);
  const steps = page.getByRole("list", { name: "Why" });
  await expect(steps).toContainText("It came within the window");
  await page.getByRole("switch", { name: "Show what each step looked at" }).click();
  await expect(steps).toContainText("Time since the click");
  await page.getByRole("link", { name: "Why the click was judged so" }).click();
  await settled(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Click");
  await expect(page.getByRole("list", { name: "Why" })).toContainText(
    "Every condition let the visitor through",
  );
});

test("a partner reads the own decision, and nothing of the advertiser's side", async ({ open }) => {
  const list = await asked(await apiOf("partner"), "/v1/conversions", { limit: 1 });
  const [conversion] = list.items;
  if (!conversion) throw new Error("the demo's partner has no conversion");
  const page = await open("partner");
  await page.goto(`/conversions/${conversion.id}`);
  await settled(page);
  await page.getByRole("switch", { name: "Show what each step looked at" }).click();
  const steps = page.getByRole("list", { name: "Why" });
  await expect(steps).toContainText("Earnings");
  await expect(steps).not.toContainText("Revenue");
  await expect(steps).not.toContainText("Proof");
});
