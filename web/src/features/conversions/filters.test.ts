import { describe, expect, it } from "vitest";
import { conversionQueryOf, filterValues, readConversionSearch, searchOfValues, setFilters } from "./filters";

const month = { from: "2026-11-01", to: "2026-11-30" };

describe("filters in the address", () => {
  it("become the question to the API", () => {
    const search = readConversionSearch({ status: "pending,approved", offer: "ofr_1", tab: "all" });
    expect(conversionQueryOf(search, month, "UTC")).toEqual({
      status: "pending,approved",
      offer_id: "ofr_1",
      from: "2026-11-01T00:00:00.000Z",
      to: "2026-12-01T00:00:00.000Z",
    });
  });

  it("look for an order in all times", () => {
    const query = conversionQueryOf(readConversionSearch({ order: 1001 }), month, "UTC");
    expect(query).toEqual({ order_id: "1001" });
  });

  it("read lists and single words alike", () => {
    expect(readConversionSearch({ status: ["pending", "paid"] }).status).toEqual(["pending", "paid"]);
    expect(readConversionSearch({ status: "" }).status).toBeUndefined();
  });

  it("come back from the filter line as they went", () => {
    const search = readConversionSearch({ status: ["pending"], partner: "prt_1", reason: "manual" });
    expect(searchOfValues(filterValues(search))).toMatchObject({
      status: ["pending"],
      partner: "prt_1",
      reason: "manual",
    });
    expect(setFilters(search)).toEqual(["status", "reason", "partner"]);
    expect(searchOfValues({ status: [], partner: "" })).toMatchObject({
      status: undefined,
      partner: undefined,
    });
  });
});
