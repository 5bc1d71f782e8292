import { describe, expect, test } from "vitest";
import { changesOf, pageOf } from "./places";

describe("where an alert leads", () => {
  test("a subject with a page of its own leads there, a value of another dimension nowhere", () => {
    expect(pageOf("prt_01KAMX4S5T0000000000000000")).toBe("/partners/prt_01KAMX4S5T0000000000000000");
    expect(pageOf("PL")).toBeUndefined();
    expect(pageOf("")).toBeUndefined();
  });

  test("what changed is asked for the days that were looked at, of the subject alone", () => {
    const watch = {
      metric: "ecpa",
      test: { kind: "above", limit: 1 },
      window_hours: 168,
      each: "offer",
    } as const;
    const alert = { watch, subject: "ofr_1", window_to: "2026-11-23T00:00:00.000Z" };
    const search = new URL(changesOf(alert as never, "UTC") ?? "", "http://x").searchParams;
    expect(search.get("period")).toBe("2026-11-16..2026-11-22");
    expect(search.get("metric")).toBe("ecpa");
    expect(search.get("filter")).toBe("offer:ofr_1");
    const narrowed = { ...watch, filters: [{ field: "country", op: "in", values: ["PL", "DE"] }] };
    const both = new URL(changesOf({ ...alert, watch: narrowed } as never, "UTC") ?? "", "http://x")
      .searchParams;
    expect(JSON.parse(both.get("filter") ?? "")).toEqual(["country:PL|DE", "offer:ofr_1"]);
  });

  test("a state has nothing that changed", () => {
    expect(
      changesOf({ watch: null, subject: "cap_1", window_to: "2026-11-23T00:00:00Z" }, "UTC"),
    ).toBeUndefined();
  });
});
