import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Passes on what a measurement prints, and says why one failed. */
export default class Quiet implements Reporter {
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onTestEnd(_: TestCase, result: TestResult): void {
    for (const error of result.errors) process.stderr.write(`${error.message ?? error.value ?? ""}\n`);
  }
}
