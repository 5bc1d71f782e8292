import { describe, expect, test } from "vitest";
import { bornBy, idsOf, idsOfFile } from "./model";

describe("ids of conversions to remove", () => {
  test("are taken as they are typed, each once", () => {
    expect(idsOf("A-1, A-2\ncnv_01KA; A-1")).toEqual({
      conversion_ids: ["cnv_01KA"],
      order_ids: ["A-1", "A-2"],
    });
  });

  test("come from a file's column of orders, or from its only one", () => {
    expect(idsOfFile('Date;Order no;Why\r\n1.2.;"A-1";late\n2.2.;A-2;late\n')).toBe("A-1\nA-2");
    expect(idsOfFile("A-1\nA-2\n")).toBe("A-1\nA-2");
  });
});

test("who bears a removed conversion", () => {
  expect(bornBy(801, "split", 50)).toEqual({ partner: 401, network: 400 });
  expect(bornBy(800, "network", 50)).toEqual({ partner: 0, network: 800 });
  expect(bornBy(800, "partner", 50)).toEqual({ partner: 800, network: 0 });
});
