import { expect, it } from "vitest";
import { isDetail, isIban, isLackingOfAddress, tidied } from "./payoutMethods";

it("knows an IBAN by its check figures", () => {
  for (const iban of [
    "DE89 3704 0044 0532 0130 00",
    "GB82WEST12345698765432",
    "pl61 1090 1014 0000 0712 1981 2874",
  ]) {
    expect(isIban(iban), iban).toBe(true);
  }
  for (const wrong of ["DE89370400440532013001", "DE89", "", "12345678901234567890"])
    expect(isIban(wrong), wrong).toBe(false);
});

it("knows the wallet of each network", () => {
  expect(isDetail("usdt_trc20", "address", "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE")).toBe(true);
  expect(isDetail("usdt_trc20", "address", "0xdAC17F958D2ee523a2206206994597C13D831ec7")).toBe(false);
  expect(isDetail("usdt_erc20", "address", "0xdAC17F958D2ee523a2206206994597C13D831ec7")).toBe(true);
});

it("asks only what a method needs", () => {
  expect(isDetail("sepa", "bic", "")).toBe(true);
  expect(isDetail("sepa", "name", " ")).toBe(false);
  expect(isDetail("paypal", "email", "team@bluemedia.example")).toBe(true);
  expect(isDetail("paypal", "email", "team")).toBe(false);
  expect(tidied("iban", "de89 3704 0044 0532 0130 00")).toBe("DE89370400440532013000");
});

it("takes an address with town and country, or none", () => {
  const none = { street: "", building: "", postal_code: "", town: "", country: "" };
  expect(isLackingOfAddress("town", none)).toBe(false);
  const street = { ...none, street: "Bahnhofstrasse" };
  expect([isLackingOfAddress("town", street), isLackingOfAddress("country", street)]).toEqual([true, true]);
  expect(isLackingOfAddress("postal_code", street)).toBe(false);
  const whole = { ...street, town: "Zürich", country: "ch" };
  expect([isLackingOfAddress("town", whole), isLackingOfAddress("country", whole)]).toEqual([false, false]);
  expect(tidied("country", " ch ")).toBe("CH");
  expect([isDetail("sepa", "country", "ch"), isDetail("sepa", "country", "Switzerland")]).toEqual([
    true,
    false,
  ]);
});
