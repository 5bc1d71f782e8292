/** Photographs the main pages into docs/pictures: light, dark, on a phone, in Russian. */
import { resolve } from "node:path";
import { examples, settled } from "../examples";
import { pagesOf } from "../pages";
import { type Look, type Person, test } from "../people";

const folder = resolve(import.meta.dirname, "../../../docs/pictures");

const MAIN = [
  "dashboard",
  "partners",
  "partner",
  "offers",
  "offer",
  "new-offer",
  "offer-rules",
  "new-link",
  "smart-link",
  "caps",
  "conversions",
  "conversion",
  "click",
  "reports",
  "attribution",
  "payday",
  "batch",
  "people",
  "moving-in",
  "new-webhook",
  "partner-home",
  "partner-offers",
  "partner-earnings",
  "partner-new-postback",
  "advertiser-conversions",
  "advertiser-connection",
];

const LOOKS: [string, Look][] = [
  ["light", {}],
  ["dark", { theme: "dark" }],
  ["phone", { width: 375 }],
  ["russian", { language: "ru" }],
];

for (const [look, how] of LOOKS) {
  for (const person of ["manager", "partner", "advertiser"] as Person[]) {
    test(`the main pages of the ${person}, ${look}`, async ({ open }) => {
      test.setTimeout(600_000);
      const page = await open(person, how);
      for (const visited of pagesOf(await examples())) {
        if (visited.person !== person || !MAIN.includes(visited.name)) continue;
        await page.goto(visited.path);
        await settled(page);
        await page.screenshot({ path: `${folder}/${visited.name}-${look}.png`, animations: "disabled" });
      }
    });
  }
}
