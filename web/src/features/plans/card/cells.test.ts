import { describe, expect, it } from "vitest";
import { isAny, readRate, readRow } from "./cells";
import { line, WORDS } from "./testing";

describe("a rate in a cell", () => {
  it("is a percentage or an amount, as people write them", () => {
    const read = (text: string) => readRate(text, "EUR");
    expect(read("12.5%")).toEqual({ percent: "12.5" });
    expect(read("12,5 %")).toEqual({ percent: "12.5" });
    for (const text of ["9.60", "9,60", "9,60 €", "€9.60", "9.60 EUR", "eur 9.6"])
      expect(read(text), text).toEqual({ minor: 960 });
    for (const text of ["1,250.00", "1.250,00", "1 250,00", "1250"])
      expect(read(text), text).toEqual({ minor: 125_000 });
    expect(read(" ")).toBeNull();
    expect(read("-")).toBeNull();
    expect(readRate("1500", "JPY")).toEqual({ minor: 1500 });
  });

  it("says what cannot be read", () => {
    expect(readRate("ten", "EUR")).toEqual({ fault: "unreadable_rate", part: "ten" });
    expect(readRate("-5", "EUR")).toEqual({ fault: "unreadable_rate", part: "-5" });
    expect(readRate("12.505", "EUR")).toEqual({ fault: "unreadable_rate", part: "12.505" });
    expect(readRate("1001%", "EUR")).toEqual({ fault: "unreadable_rate", part: "1001%" });
    expect(readRate("9.60 USD", "EUR")).toEqual({ fault: "other_currency", part: "USD" });
    expect(readRate("$9.60", "EUR")).toEqual({ fault: "other_currency", part: "$" });
  });
});

describe("a line", () => {
  it("names countries in any language, goals by name or kind, several of a list", () => {
    const read = readRow(
      line("1", {
        country: "Германия, at",
        goal: "SALE",
        traffic: "E-mail",
        group: "gold; silver",
        rate: "12%",
      }),
      WORDS,
    );
    expect(read).toEqual({
      conditions: {
        goal_id: "gol_sale",
        countries: ["DE", "AT"],
        traffic_types: ["email"],
        groups: ["gold", "silver"],
      },
      rate: { percent: "12" },
      revenue: null,
      faults: {},
    });
    expect(readRow(line("2", { country: "Congo, Republic of" }), WORDS).conditions).toEqual({
      countries: ["CG"],
    });
  });

  it("takes every word for whatever it is as no condition", () => {
    for (const text of ["", " ", "*", "All", "любая", "wszystkie"]) expect(isAny(text), text).toBe(true);
    expect(readRow(line("1", { country: "*", goal: "all" }), WORDS).conditions).toEqual({});
  });

  it("names the part of a cell that is not known, and keeps the others", () => {
    const read = readRow(
      line("1", { country: "DE, Atlantis", goal: "lead", traffic: "fax", rate: "x" }),
      WORDS,
    );
    expect(read.faults).toEqual({
      country: { fault: "unknown_country", part: "Atlantis" },
      goal: { fault: "unknown_goal", part: "lead" },
      traffic: { fault: "unknown_traffic", part: "fax" },
      rate: { fault: "unreadable_rate", part: "x" },
    });
    expect(read.conditions.countries).toEqual(["DE"]);
  });
});
