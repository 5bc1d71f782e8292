import { createHmac } from "node:crypto";
import { apiOf, demo, expect, test } from "../people";

const STEP_SECONDS = 30;

/** What an authenticator app shows (RFC 6238, SHA-1, six digits). */
function codeOf(secret: string, at = Date.now()): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (const letter of secret.replace(/[^A-Z2-7]/g, ""))
    bits += alphabet.indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 1000 / STEP_SECONDS)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const PERSON = { name: "Ewa Analyst", email: "ewa@riverside.example", password: "a few unrelated words" };

/** The address of an invitation, as the person who invites gets it where no mail server is set. */
async function invitation(): Promise<string> {
  const answer = await (await apiOf("manager")).post("/v1/invitations", {
    data: { email: PERSON.email, role: "analyst", language: "en" },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { url: string }).url;
}

test("somebody invited joins, switches the second factor on and signs in with it", async ({ visit }) => {
  test.setTimeout(300_000);
  const page = await visit(demo().url);
  await page.goto(await invitation());
  await page.getByRole("textbox", { name: "Name" }).fill(PERSON.name);
  await page.getByRole("textbox", { name: "New password" }).fill(PERSON.password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();

  await page.goto("/profile");
  await page.getByRole("button", { name: "Switch on" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByLabel(/password/i)
    .first()
    .fill(PERSON.password);
  await dialog.getByRole("button", { name: "Next" }).click();
  const secret = await dialog.getByRole("textbox", { name: /secret/ }).inputValue();
  await dialog.getByLabel(/Code/).fill(codeOf(secret));
  await dialog.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText("Two-step sign-in is on").first()).toBeVisible();

  const again = await visit(demo().url);
  await again.goto("/sign-in");
  await again.getByLabel("E-mail").fill(PERSON.email);
  await again.getByRole("textbox", { name: "Password" }).fill(PERSON.password);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  // A code works once; the next one is accepted half a minute early.
  await again.getByLabel(/Code/).fill(codeOf(secret, Date.now() + STEP_SECONDS * 1000));
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
});
