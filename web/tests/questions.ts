/** Questions to the API whose answers the pages should show. */
import type { Page } from "@playwright/test";
import { apiOf, expect, type Person } from "./people";

const DAY_MS = 86_400_000;

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** Most of the demo year, without its latest days, of which more becomes known while a test runs. */
export const YEAR = { from: daysAgo(330), to: daysAgo(3) };
export const PERIOD = `period=${YEAR.from}..${YEAR.to}&compare=previous_period`;

export interface Answer {
  columns: { name: string; type: string; currency?: string }[];
  rows: unknown[][];
  totals: Record<string, unknown>;
  labels: Record<string, string>;
}

export async function report(person: Person, question: Record<string, unknown>): Promise<Answer> {
  const answer = await (await apiOf(person)).post("/v1/reports/query", { data: { ...YEAR, ...question } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Answer;
}

/** The page's own words, with every space alike. */
export async function textOf(page: Page): Promise<string> {
  return plain((await page.locator("#page").allInnerTexts()).join(" "));
}

export function plain(text: string): string {
  return text.replace(/\s+/g, " ");
}
