import { expect, it } from "vitest";
import { refsOf, rowsOf } from "./dialects";

it("keeps whole rows alone, systems in lower case", () => {
  const rows = [
    { system: " TUNE ", value: " 26 " },
    { system: "everflow", value: "" },
    { system: "", value: "7" },
  ];
  expect(refsOf(rows)).toEqual({ tune: "26" });
  expect(rowsOf({ tune: "26" })).toEqual([{ system: "tune", value: "26" }]);
  expect(rowsOf(undefined)).toEqual([]);
});
