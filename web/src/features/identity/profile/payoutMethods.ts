import type { Schemas } from "~/api/client";

export type Method = Schemas["PayoutMethod"];

/** Accounts over which what is due may be divided. */
export const ACCOUNTS_MAX = 5;

/** A field of a method: what the payout file needs, by the name it has there. */
export type Detail = "name" | "iban" | "bic" | "email" | "address" | "account" | "note" | AddressPart;

/** The account holder's address, part by part as banks want it. */
export type AddressPart = (typeof ADDRESS)[number];
export const ADDRESS = ["street", "building", "postal_code", "town", "country"] as const;

export function isPartOfAddress(detail: Detail): detail is AddressPart {
  return ADDRESS.some((part) => part === detail);
}

interface MethodField {
  name: Detail;
  optional?: boolean;
}

export const FIELDS: Readonly<Record<Method, readonly MethodField[]>> = {
  sepa: [
    { name: "name" },
    { name: "iban" },
    { name: "bic", optional: true },
    ...ADDRESS.map((name) => ({ name, optional: true })),
  ],
  paypal: [{ name: "email" }],
  wise: [{ name: "name" }, { name: "email" }],
  usdt_trc20: [{ name: "address" }],
  usdt_erc20: [{ name: "address" }],
  capitalist: [{ name: "account" }],
  payoneer: [{ name: "email" }],
  paxum: [{ name: "email" }],
  csv: [{ name: "name" }, { name: "account" }],
  external: [{ name: "note", optional: true }],
};

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const BIC = /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const COUNTRY = /^[A-Z]{2}$/;
const TRC20 = /^T[1-9A-HJ-NP-Za-km-z]{33}$/;
const ERC20 = /^0x[0-9a-fA-F]{40}$/;
const EMAIL = /^\S+@\S+\.\S+$/;

/** The remainder of a long number by 97, letters counted as 10 to 35 (ISO 13616). */
function mod97(text: string): number {
  return [...text].reduce((rest, character) => {
    const value = Number.parseInt(character, 36);
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
}

export function isIban(typed: string): boolean {
  const iban = tidied("iban", typed);
  return IBAN.test(iban) && mod97(iban.slice(4) + iban.slice(0, 4)) === 1;
}

/** As it is sent: account numbers without the blanks that people read them by. */
export function tidied(detail: Detail, typed: string): string {
  const text = typed.trim();
  if (detail === "country") return text.toUpperCase();
  return detail === "iban" || detail === "bic" ? text.replace(/\s/g, "").toUpperCase() : text;
}

/** Whether a detail can be what it says. An empty one is judged by whether it is needed. */
export function isDetail(method: Method, detail: Detail, typed: string): boolean {
  const text = tidied(detail, typed);
  if (text === "") return FIELDS[method].some((field) => field.name === detail && field.optional === true);
  if (detail === "iban") return isIban(text);
  if (detail === "bic") return BIC.test(text);
  if (detail === "country") return COUNTRY.test(text);
  if (detail === "email") return EMAIL.test(text);
  if (detail === "address") return (method === "usdt_trc20" ? TRC20 : ERC20).test(text);
  return true;
}

/** Banks take an address with its town and country, or none: whether this part is missing beside the others. */
export function isLackingOfAddress(
  part: AddressPart,
  details: Readonly<Record<AddressPart, string>>,
): boolean {
  if (part !== "town" && part !== "country") return false;
  return details[part].trim() === "" && ADDRESS.some((other) => details[other].trim() !== "");
}
