import { expect, it } from "vitest";
import { type FormulaTerm, formulaInWords, netRevenue, shareOf } from "./formula";

const USUAL: FormulaTerm[] = [
  { percent: "100", plus: ["bets"], minus: ["wins", "bonus"] },
  { percent: "-20", plus: ["bets"], minus: ["wins"] },
  { percent: "-100", plus: ["fees"] },
];

it("works net revenue out as the server does: exactly, and rounded once", () => {
  expect(netRevenue(USUAL, { bets: 200_000, wins: 160_000, bonus: 5_000, fees: 1_500 })).toBe(25_500);
  expect(netRevenue([{ percent: "12.5", plus: ["bets"] }], { bets: 4 })).toBe(1);
  expect(netRevenue([{ percent: "-12.5", plus: ["bets"] }], { bets: 4 })).toBe(-1);
  expect(netRevenue([{ percent: "100", plus: ["bets"], minus: ["wins"] }], { wins: 7 })).toBe(-7);
  expect(shareOf(1_001, "30")).toBe(300);
});

it("says the formula", () => {
  const voice = { figure: (name: string) => name, percent: (percent: string) => `${percent}%` };
  expect(formulaInWords(USUAL, voice)).toBe("bets − wins − bonus − 20% × (bets − wins) − fees");
  expect(formulaInWords([{ percent: "-50", minus: ["wins", "tax"] }], voice)).toBe("−50% × (− wins − tax)");
});
