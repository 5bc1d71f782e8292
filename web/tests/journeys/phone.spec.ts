import { examples, settled } from "../examples";
import { pagesOf } from "../pages";
import { expect, type Person, test } from "../people";

const PHONE_WIDTH = 375;

for (const person of ["manager", "partner", "advertiser"] as Person[]) {
  for (const language of ["en", "ru"] as const) {
    test(`no page of the ${person} scrolls sideways on a phone, ${language}`, async ({ open }) => {
      test.setTimeout(600_000);
      const page = await open(person, { width: PHONE_WIDTH, language });
      const wide: string[] = [];
      for (const visited of pagesOf(await examples()).filter((one) => one.person === person)) {
        await page.goto(visited.path);
        await settled(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) wide.push(`${visited.name}: ${over} px too wide`);
      }
      expect(wide).toEqual([]);
    });
  }
}
