import { expect, test } from "vitest";
import type { Report } from "~/domain/report";
import { overTime } from "./ReportChart";

const REPORT = {
  columns: [
    { name: "day", type: "date" },
    { name: "country", type: "text" },
    { name: "clicks", type: "count" },
  ],
  rows: [
    ["2026-11-02", "PL", 5],
    ["2026-11-01", "PL", 3],
    ["2026-11-02", "DE", 40],
    ["2026-11-01", null, 1],
  ],
} as unknown as Report;

test("each value of the second dimension is a series, the greatest first, with gaps where it has no row", () => {
  const { times, series } = overTime(REPORT, "day", "country", "clicks");
  expect(times).toEqual(["2026-11-01", "2026-11-02"]);
  expect(series.map(({ id, values }) => [id, values])).toEqual([
    ["DE", [null, 40]],
    ["PL", [3, 5]],
    ["", [1, null]],
  ]);
});
