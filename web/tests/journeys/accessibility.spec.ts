import AxeBuilder from "@axe-core/playwright";
import { examples, settled } from "../examples";
import { pagesOf } from "../pages";
import { demo, expect, type Person, test } from "../people";

const GRAVE = ["serious", "critical"];

for (const theme of ["light", "dark"] as const) {
  for (const person of ["manager", "partner", "advertiser"] as Person[]) {
    test(`axe finds nothing grave on the pages of the ${person}, ${theme}`, async ({ open }) => {
      test.setTimeout(900_000);
      const page = await open(person, { theme });
      const grave: string[] = [];
      for (const visited of pagesOf(await examples()).filter((one) => one.person === person)) {
        await page.goto(visited.path);
        await settled(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const violation of violations.filter(({ impact }) => GRAVE.includes(impact ?? ""))) {
          const where = violation.nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
          grave.push(`${visited.name}: ${violation.id}: ${violation.help}\n  ${where.join("\n  ")}`);
        }
      }
      expect(grave.join("\n")).toBe("");
    });
  }

  test(`axe finds nothing grave on the open pages, ${theme}`, async ({ visit }) => {
    const page = await visit(demo().url, { theme });
    for (const path of ["/sign-in", "/forgot-password", "/reset-password", "/accept-invitation", "/setup"]) {
      await page.goto(path);
      await settled(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations
          .filter(({ impact }) => GRAVE.includes(impact ?? ""))
          .map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`),
      ).toEqual([]);
    }
  });
}
