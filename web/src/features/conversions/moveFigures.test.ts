import { describe, expect, it } from "vitest";
import { changesOf } from "./moveFigures";

const eur = (minor: number) => ({ minor, currency: "EUR" });

describe("amounts of a move", () => {
  it("are told where they changed and may be seen", () => {
    const before = { sale: eur(8000), refunded: eur(0), payout: eur(800) };
    const after = { sale: eur(8000), refunded: eur(2000), payout: eur(600) };
    expect(changesOf({ before, after }).map(({ figure }) => figure)).toEqual(["refunded", "payout"]);
    expect(changesOf({ before, after: before })).toEqual([]);
  });
});
