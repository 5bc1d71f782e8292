/** How long the dashboard of the demo year takes from its address to its numbers, with an empty cache. */
import { test } from "../people";

const VISITS = 5;
const SLOWED = 4;

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

test("address to numbers", async ({ open }) => {
  test.setTimeout(300_000);
  const visit = async (slowdown: number) => {
    const page = await open("manager");
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const started = performance.now();
    await page.goto("/?period=last_12_months", { waitUntil: "commit" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
    await page.getByRole("group", { name: "Clicks" }).getByText(/\d/).first().waitFor();
    const milliseconds = performance.now() - started;
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry.name.endsWith(".js"))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    await page.context().close();
    return { milliseconds, bytes };
  };
  const usual = [];
  const slow = [];
  for (let turn = 0; turn < VISITS; turn += 1) {
    usual.push(await visit(1));
    slow.push(await visit(SLOWED));
  }
  process.stdout.write(
    `${JSON.stringify({
      interactive_ms: median(usual.map(({ milliseconds }) => milliseconds)),
      slow_interactive_ms: median(slow.map(({ milliseconds }) => milliseconds)),
      javascript_kb: Math.max(...usual.map(({ bytes }) => bytes)) / 1000,
    })}\n`,
  );
});
