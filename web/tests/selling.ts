/** What journeys bring about beside the pages they look at: rows made through the API, and sales through a link. */
import type { APIRequestContext, Page } from "@playwright/test";
import { demo } from "./people";

export const VISITOR = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

export async function post(
  api: APIRequestContext,
  path: string,
  data: object,
): Promise<Record<string, string>> {
  const answer = await api.post(path, { data, headers: { "Idempotency-Key": crypto.randomUUID() } });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Record<string, string>;
}

/** A visitor comes by a link and buys for 80.00. */
export async function sell(page: Page, slug: string, more: { order_id: string; customer_id?: string }) {
  const click = await page.request.get(`/c/${slug}`, { maxRedirects: 0, headers: { "User-Agent": VISITOR } });
  const landing = new URL(click.headers().location ?? "");
  const params = {
    click_id: landing.searchParams.get("click_id") ?? "",
    goal: "sale",
    amount: "80.00",
    currency: "EUR",
    token: demo().postback_token,
    ...more,
  };
  const sale = await page.request.get("/postback", { params });
  if (!sale.ok()) throw new Error(`postback: ${sale.status()} ${await sale.text()}`);
}
