import { createHmac } from "node:crypto";
import { demo, expect, test } from "../people";

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

test("an advertiser switches the second factor on, signs in with it and switches it off", async ({
  open,
  visit,
}) => {
  test.setTimeout(180_000);
  const { email, password } = demo().advertiser;
  const page = await open("advertiser");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Switch on" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByLabel(/password/i)
    .first()
    .fill(password);
  await dialog.getByRole("button", { name: "Next" }).click();
  const secret =
    (await dialog
      .getByText(/^[A-Z2-7 ]{32,}$/)
      .first()
      .textContent()) ?? "";
  await dialog.getByLabel(/Code/).fill(codeOf(secret));
  await dialog.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText("Two-step sign-in is on").first()).toBeVisible();

  const again = await visit(demo().url);
  await again.goto("/sign-in");
  await again.getByLabel("E-mail").fill(email);
  await again.getByLabel("Password", { exact: true }).fill(password);
  await again.getByRole("button", { name: "Sign in" }).click();
  // A code works once: the next step's is shown half a minute later, and is accepted already.
  await again.getByLabel(/Code/).fill(codeOf(secret, Date.now() + STEP_SECONDS * 1000));
  await again.getByRole("button", { name: "Sign in" }).click();
  await expect(again).toHaveURL(/\/$/);
});
