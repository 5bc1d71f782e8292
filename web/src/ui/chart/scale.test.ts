import { describe, expect, it } from "vitest";
import { sparkPaths } from "../Sparkline";
import { foldSeries, niceTicks, spreadLabels } from "./scale";

describe("axis", () => {
  it("begins at nought and has round marks", () => {
    expect(niceTicks([3, null, 97])).toEqual([0, 25, 50, 75, 100]);
    expect(niceTicks([0, 0])).toEqual([0]);
    expect(niceTicks([0, 2])).toEqual([0, 1, 2]);
    expect(niceTicks([0, 9])).toEqual([0, 5, 10]);
    expect(niceTicks([0, 0.5])).toEqual([0, 0.2, 0.4, 0.6]);
    expect(niceTicks([-5, 10])).toEqual([-5, 0, 5, 10]);
  });
});

describe("series", () => {
  it("are six at most, the rest are one", () => {
    const series = Array.from({ length: 8 }, (_, n) => ({
      id: `s${n}`,
      label: `S${n}`,
      values: [n, null, n === 0 ? 1 : null],
    }));
    const folded = foldSeries(series, "Other");
    expect(folded.map((one) => one.id)).toEqual(["s7", "s6", "s5", "s4", "s3", "other"]);
    expect(folded.at(-1)?.values).toEqual([3, null, 1]);
  });

  it("have labels clear of each other", () => {
    expect(spreadLabels([10, 12, 50], 14, 100)).toEqual([10, 24, 50]);
    expect(spreadLabels([95, 98], 14, 100)).toEqual([86, 100]);
  });

  it("break where data is missing", () => {
    expect(sparkPaths([1, 2, null, 4], 40, 20)).toHaveLength(2);
  });
});
