import { expect, it } from "vitest";
import { dnsRecord, isHost, tidyHost } from "./dns";

it("leads a host to a name or to an address", () => {
  expect(dnsRecord("go.shop.example", "app.tributary.example")).toEqual({
    type: "CNAME",
    name: "go.shop.example",
    value: "app.tributary.example",
  });
  expect(dnsRecord("go.shop.example", "203.0.113.7").type).toBe("A");
  expect(dnsRecord("go.shop.example", "[2001:db8::1]")).toEqual({
    type: "AAAA",
    name: "go.shop.example",
    value: "2001:db8::1",
  });
});

it("takes a host from what was pasted", () => {
  expect(tidyHost(" HTTPS://Go.Shop.example/path?x=1 ")).toBe("go.shop.example");
  expect(tidyHost("go.shop.example.")).toBe("go.shop.example");
});

it("tells a host from what is none", () => {
  expect(isHost("go.shop.example")).toBe(true);
  expect(isHost("xn--80ak6aa92e.xn--p1ai")).toBe(true);
  for (const wrong of ["", "localhost", "go shop.example", "203.0.113.7", "-a.example", "a..example"]) {
    expect(isHost(wrong), wrong).toBe(false);
  }
});
