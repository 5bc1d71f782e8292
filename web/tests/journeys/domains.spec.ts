/** A banned tracking domain gives its place to a spare, and old links go on working. */
import { settled } from "../examples";
import { apiOf, asked, demo, expect, test } from "../people";

test("a manager swaps a banned domain", async ({ open }) => {
  const manager = await apiOf("manager");
  const domains = await asked(manager, "/v1/domains", { limit: 100 });
  const sound = domains.items.filter(({ state, partner_id }) => state === "ok" && !partner_id);
  // The oldest is the one that links are shown with.
  const old =
    sound.at(-1) ??
    (await (await manager.post("/v1/domains", { data: { host: "go.journey.example" } })).json());
  const spare = await (
    await manager.post("/v1/domains", { data: { host: `spare-${Date.now()}.journey.example` } })
  ).json();
  const shown = async () => {
    const links = await asked(manager, "/v1/links", { state: "active", limit: 50 });
    return links.items.map(({ url, slug }) => ({ host: new URL(url).host, slug }));
  };
  const before = (await shown()).filter(({ host }) => host === old.host);
  try {
    const page = await open("manager");
    await page.goto(`/settings/domains?domain=${old.id}`);
    await settled(page);
    await page.getByRole("button", { name: "Swap for a spare" }).click();
    const dialog = page.getByRole("dialog").last();
    await expect(dialog).toContainText(`${old.host} is banned`);
    await expect(dialog).toContainText("Links that partners have given out go on working");
    await dialog.getByRole("button", { name: "Swap", exact: true }).click();
    await expect(page.getByText(`took the place of ${old.host}`)).toBeVisible();
    const after = await asked(manager, "/v1/domains", { limit: 100 });
    expect(after.items.find(({ id }) => id === old.id)).toMatchObject({ state: "banned" });
    expect((await shown()).map(({ host }) => host)).not.toContain(old.host);
    for (const { slug } of before.slice(0, 3)) {
      const answer = await manager.fetch(`${demo().url}/c/${slug}`, {
        method: "HEAD",
        headers: { host: old.host },
        maxRedirects: 0,
      });
      expect(answer.status(), `${slug} on ${old.host}`).toBe(302);
    }
  } finally {
    await manager.patch(`/v1/domains/${old.id}`, { data: { state: "ok" } });
    await manager.patch(`/v1/domains/${spare.id}`, { data: { state: "banned" } });
  }
});
