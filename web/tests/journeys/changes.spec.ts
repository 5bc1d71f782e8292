/** Why a number moved: told in a sentence, drawn, and added up. */
import { settled } from "../examples";
import { figure, format } from "../figures";
import { expect, test } from "../people";

test("why a number moved is told, and its parts add up", async ({ open }) => {
  const page = await open("manager");
  await page.goto("/reports");
  await settled(page);
  await page.getByRole("link", { name: "What changed" }).click();
  await settled(page);
  const answered = page.waitForResponse(
    (response) =>
      response.url().endsWith("/v1/reports/changes") &&
      (response.request().postData() ?? "").includes('"clicks"'),
  );
  await page.getByRole("combobox", { name: "Metric" }).click();
  await page.getByRole("option", { name: "Clicks", exact: true }).click();
  const changes = await (await answered).json();
  await expect(page).toHaveURL(/metric=clicks/);

  const [cause] = changes.causes;
  const named = changes.labels[cause.value] ?? "";
  await expect(page.getByText(/^Clicks (rose|fell) from/)).toContainText(format.number(changes.now));
  await expect(page.getByText(/^Mostly from/)).toContainText(named);

  for (const split of changes.dimensions) {
    const parts = [...split.values, split.others].map(({ mix, rate }) => mix + rate);
    expect(
      parts.reduce((sum, part) => sum + part, 0),
      split.dimension,
    ).toBe(changes.change);
  }
  const way = page.getByRole("list", { name: "The way from before to now" }).getByRole("listitem");
  await expect(way.first()).toContainText(figure("count", changes.before, "EUR"));
  await expect(way.last()).toContainText(figure("count", changes.now, "EUR"));

  await page.getByRole("combobox", { name: "By" }).click();
  await page.getByRole("option", { name: "Country" }).click();
  await expect(page).toHaveURL(/by=country/);
  await expect(page.getByRole("columnheader", { name: "Country" })).toBeVisible();
});
