import { describe, expect, it } from "vitest";
import { Problem } from "~/api/problem";
import { judgeAll } from "./judge";

const ids = Array.from({ length: 450 }, (_, place) => `cnv_${place}`);

describe("judging many", () => {
  it("goes in portions, tells progress and gathers refusals", async () => {
    const sizes: number[] = [];
    const progress: number[] = [];
    const judged = await judgeAll(
      "reject",
      ids,
      {},
      (done) => progress.push(done),
      async (_, portion) => {
        sizes.push(portion.length);
        const refused = [{ id: portion[0] ?? "", code: "illegal_move", message: "no" }];
        return { dry_run: false, moved: portion.length - 1, partners: 1, amounts: [], refused };
      },
    );
    expect(sizes).toEqual([200, 200, 50]);
    expect(progress).toEqual([200, 400, 450]);
    expect(judged.moved).toBe(447);
    expect(judged.refused.map(({ id }) => id)).toEqual(["cnv_0", "cnv_200", "cnv_400"]);
  });

  it("keeps what was done when it stops part of the way", async () => {
    let calls = 0;
    const judged = await judgeAll(
      "approve",
      ids,
      {},
      () => undefined,
      async (_, portion) => {
        calls += 1;
        if (calls === 2) throw Problem.offline();
        return { dry_run: false, moved: portion.length, partners: 1, amounts: [], refused: [] };
      },
    );
    expect(judged.moved).toBe(200);
    expect(judged.failure?.code).toBe("offline");
  });
});
