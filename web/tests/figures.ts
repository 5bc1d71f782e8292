/** What a page should say for an answer of the API: the same helpers format both. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { createFormat } from "../src/ui/format";

const words = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../src/i18n/en/words.json"), "utf8"),
) as Record<string, Record<string, string>>;

export const format = createFormat({ language: "en", timezone: "Europe/Warsaw" });

export function metricWord(metric: string): string {
  return words.metric?.[metric] ?? metric;
}

/** A metric's value as the pages write it. */
export function figure(unit: string, value: unknown, currency: string): string {
  if (typeof value !== "number") return "-";
  if (unit === "minor") return format.money({ minor: value, currency });
  if (unit === "micros") return format.moneyMicros({ micros: value, currency });
  return unit === "ratio" ? format.percent(value) : format.number(value);
}

/** The row of a table that begins with the name, with its cells by the words of their heads. */
export async function cellsOf(page: Page, name: string): Promise<Record<string, string>> {
  const heads = await page.getByRole("columnheader").allInnerTexts();
  const row = page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
  await expect(row.first(), `the row of ${name}`).toBeVisible();
  const cells = await row.first().locator("td, th").allInnerTexts();
  return Object.fromEntries(
    heads.map((head, place) => [head.trim().split("\n")[0] ?? "", cells[place]?.trim() ?? ""]),
  );
}
