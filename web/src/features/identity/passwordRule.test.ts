import { expect, it } from "vitest";
import { judgePassword } from "./passwordRule";

it("judges a password as the server does", () => {
  expect(judgePassword("")).toEqual({ kind: "short", missing: 10 });
  expect(judgePassword("short")).toEqual({ kind: "short", missing: 5 });
  expect(judgePassword("aaaaaaaaaaaa")).toEqual({ kind: "same" });
  expect(judgePassword("a good one")).toEqual({ kind: "good" });
  expect(judgePassword("ab".repeat(101))).toEqual({ kind: "long" });
});

it("counts characters, not halves of them", () => {
  expect(judgePassword("🐟🐠🐡🐬🐳🐋🦈🐙🐚🪸")).toEqual({ kind: "good" });
});
