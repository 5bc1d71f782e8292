import { expect, it } from "vitest";
import { isTooLong, linkAddress } from "./address";

const URL = "https://go.riverside.example/c/k7m2qx9a";

it("leaves a link alone that has nothing to carry", () => {
  expect(linkAddress(URL, {})).toBe(URL);
  expect(linkAddress(URL, { sub1: "  " })).toBe(URL);
});

it("writes sub ids in their order, encoded", () => {
  expect(linkAddress(URL, { source_id: "a&b", sub10: "z", sub2: "spring sale" })).toBe(
    `${URL}?sub2=spring%20sale&sub10=z&source_id=a%26b`,
  );
  expect(linkAddress(`${URL}?x=1`, { sub1: "ż" })).toBe(`${URL}?x=1&sub1=%C5%BC`);
});

it("keeps the macros of traffic sources readable to them", () => {
  expect(linkAddress(URL, { sub1: "{zoneid}", sub2: "$SUBID", sub3: "[CID]" })).toBe(
    `${URL}?sub1={zoneid}&sub2=$SUBID&sub3=[CID]`,
  );
});

it("counts bytes, as the door does", () => {
  expect(isTooLong("a".repeat(256))).toBe(false);
  expect(isTooLong("ż".repeat(129))).toBe(true);
  expect(isTooLong(undefined)).toBe(false);
});
