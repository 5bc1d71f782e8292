import { demo, expect, test } from "../people";

test("a stranger is asked to sign in and then comes where they wanted", async ({ visit }) => {
  const page = await visit(demo().url);
  await page.goto("/conversions?status=pending");
  await expect(page).toHaveURL(/\/sign-in\?back=/);
  await page.getByLabel("E-mail").fill(demo().manager.email);
  await page.getByRole("textbox", { name: "Password" }).fill(demo().manager.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/conversions\?.*status=pending/);
});

test("a wrong password is told in plain words and nothing typed is lost", async ({ visit }) => {
  const page = await visit(demo().url);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("stranger@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("The e-mail address or the password is wrong");
  await expect(page.getByLabel("E-mail")).toHaveValue("stranger@example.com");
});

test("every page comes with a policy that lets no foreign or inline code in", async ({ visit }) => {
  const page = await visit(demo().url);
  const first = await page.goto("/sign-in");
  const again = await page.request.get("/sign-in");
  const policy = first?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain("unsafe");
  expect(policy).not.toEqual(again.headers()["content-security-policy"]);
});

test("the first load stays light", async ({ open }) => {
  const page = await open("manager");
  await page.goto("/", { waitUntil: "networkidle" });
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry.name.endsWith(".js"))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(350_000);
});

test("the keyboard goes everywhere and the palette finds a partner", async ({ open }) => {
  const page = await open("manager");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/offers/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page
    .getByPlaceholder("Search partners, offers, links, smart links, conversions")
    .fill("Rapid Weekly");
  await page
    .getByRole("button", { name: /Rapid Weekly/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/partners\/prt_/);
});
