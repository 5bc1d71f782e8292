/** The people of the journeys and how they come in. */
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  test as base,
  type Page,
  request,
} from "@playwright/test";
import type { paths } from "../src/api/contract";
import type { Demo, Fresh, Login } from "./servers";

export type Person = "manager" | "partner" | "advertiser";

export function demo(): Demo {
  return JSON.parse(process.env.TRIBUTARY_DEMO ?? "{}") as Demo;
}

export function fresh(): Fresh {
  return JSON.parse(process.env.TRIBUTARY_FRESH ?? "{}") as Fresh;
}

/** Sign-ins at the door before its limit counts as lasting. */
const SIGN_INS_MAX = 10;

/** Signs in through the API, so that a journey begins on its page. */
export async function signIn(page: Page, login: Login): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const answer = await page.request.post("/v1/session", {
      data: { email: login.email, password: login.password },
      headers: { "X-Tributary-CSRF": "1" },
    });
    if (answer.ok()) return;
    // Many journeys come from one address: the door says when the next may.
    if (answer.status() !== 429 || tried === SIGN_INS_MAX)
      throw new Error(`signing in as ${login.email}: ${answer.status()} ${await answer.text()}`);
    await page.waitForTimeout(1_000 * Number(answer.headers()["retry-after"] ?? 1));
  }
}

/** The API with a person's key, to compare a page's numbers with. */
export async function apiOf(person: Person): Promise<APIRequestContext> {
  return request.newContext({
    baseURL: demo().url,
    extraHTTPHeaders: { Authorization: `Bearer ${demo()[person].api_key}` },
  });
}

type Answer<Path extends keyof paths, Method extends "get" | "post"> = paths[Path][Method] extends {
  responses: { 200: { content: { "application/json": infer Body } } };
}
  ? Body
  : never;

export async function asked<Path extends keyof paths>(
  api: APIRequestContext,
  path: Path,
  parameters: Record<string, string | number> = {},
): Promise<Answer<Path, "get">> {
  const answer = await api.get(path, { params: parameters });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Answer<Path, "get">;
}

export interface Look {
  language?: "en" | "ru" | "pl";
  theme?: "light" | "dark";
  width?: number;
}

function watch(context: BrowserContext, complaints: string[]): void {
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    // A refusal is an answer like any other; the browser logs it all the same.
    if (message.type() === "error" && !/status of (4|5)\d\d/.test(message.text()))
      complaints.push(message.text());
  });
}

async function contextOf(browser: Browser, baseURL: string, look: Look): Promise<BrowserContext> {
  const width = look.width ?? 1280;
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height: width < 500 ? 812 : 860 },
    colorScheme: look.theme ?? "light",
    hasTouch: width < 500,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await context.addInitScript((language) => {
    // The blank page before the first has no storage.
    if (location.protocol === "http:") localStorage.setItem("tributary.language", language);
  }, look.language ?? "en");
  return context;
}

interface Doors {
  /** A page of the demo with the person signed in. */
  open: (person: Person, look?: Look) => Promise<Page>;
  /** A page of some installation with nobody signed in. */
  visit: (url: string, look?: Look) => Promise<Page>;
}

/** A test fails when a page itself complains: a script that threw, a policy that was broken. */
export const test = base.extend<Doors & { complaints: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    base.expect(complaints, "what the page complained of").toEqual([]);
  },
  visit: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (url, look = {}) => {
      const context = await contextOf(browser, url, look);
      contexts.push(context);
      watch(context, complaints);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  open: async ({ visit }, use) => {
    await use(async (person, look = {}) => {
      const page = await visit(demo().url, look);
      await signIn(page, demo()[person]);
      return page;
    });
  },
});

export { expect } from "@playwright/test";
