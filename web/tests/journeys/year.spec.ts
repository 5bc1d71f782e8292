/** The plans in force, tried on the whole demo year, come to what stands to the minor unit. */
import { apiOf, asked, expect, test } from "../people";
import { YEAR } from "../questions";
import { post } from "../selling";

test("the year told again by the plans in force", async () => {
  const manager = await apiOf("manager");
  const { items: offers } = await asked(manager, "/v1/offers", { limit: 200 });
  let checked = 0;
  for (const { id, name } of offers) {
    const window = { from: `${YEAR.from}T00:00:00Z`, to: `${YEAR.to}T00:00:00Z`, growth: [] };
    const { id: tried } = await post(manager, `/v1/offers/${id}/plan/simulate`, window);
    const told = async () => await asked(manager, `/v1/simulations/${tried}` as "/v1/simulations/{id}");
    await expect.poll(async () => (await told()).state, { timeout: 120_000, message: name }).toBe("done");
    const { result } = await told();
    expect(result?.reproduction.differing, name).toBe(0);
    expect(result?.after, name).toEqual(result?.before);
    checked += result?.reproduction.checked ?? 0;
  }
  expect(checked).toBeGreaterThan(5_000);
});
