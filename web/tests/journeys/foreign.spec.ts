import { apiOf, asked, expect, test } from "../people";

test("a partner who tries ids of others by address finds nothing", async ({ open }) => {
  const [manager, partner] = [await apiOf("manager"), await apiOf("partner")];
  const me = await asked(partner, "/v1/me");
  const all = await asked(manager, "/v1/conversions", { limit: 200 });
  const foreign = all.items.find(
    (conversion) => conversion.partner_id && conversion.partner_id !== me.partner_id,
  );
  if (!foreign) throw new Error("the demo has conversions of one partner alone");
  const page = await open("partner");

  for (const path of [
    `/conversions/${foreign.id}`,
    `/partners/${foreign.partner_id}`,
    "/payouts",
    "/settings/people",
  ]) {
    await page.goto(path);
    await expect(page.getByText("There is nothing here"), path).toBeVisible();
  }
  for (const path of [
    `/v1/conversions/${foreign.id}`,
    `/v1/partners/${foreign.partner_id}`,
    `/v1/partners/${foreign.partner_id}/balance`,
    `/v1/partners/${foreign.partner_id}/statement`,
  ]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
});
