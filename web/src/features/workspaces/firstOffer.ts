import type { Price } from "~/features/plans/shapes";
import { currencyDigits, type MoneyValue } from "~/ui/format";

/** What a partner of the first offer is paid for. */
export type Pay = "percent" | "sale" | "lead";

const DECIMAL = /^\d{1,12}(\.\d{1,8})?$/;
const PERCENT_MAX = 100;

/** A decimal as people type it, with a comma or a point, in the API's form. */
export function readDecimal(typed: string): string | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  return DECIMAL.test(text) ? text : null;
}

/** A decimal of a currency in whole minor units; nothing where it has more decimals than the currency. */
export function readMinor(typed: string, currency: string): number | null {
  const [whole, fraction = ""] = readDecimal(typed)?.split(".") ?? [];
  const digits = currencyDigits(currency);
  if (whole === undefined || fraction.replace(/0+$/, "").length > digits) return null;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** The sale of the example: 80 units, or 8,000 of a currency without cents. */
export function exampleSale(currency: string): MoneyValue {
  return { minor: 8000, currency };
}

/** What the rate makes of the goal: the effect as the API reads it. */
export function readEffect(pay: Pay, typed: string, currency: string): Price | null {
  if (pay === "percent") {
    const percent = readDecimal(typed);
    return percent === null || Number(percent) > PERCENT_MAX ? null : { percent };
  }
  const minor = readMinor(typed, currency);
  return minor === null ? null : { minor };
}

/** What the partner earns of the example. */
export function exampleEarnings(effect: Price, sale: MoneyValue): MoneyValue {
  const minor = "percent" in effect ? Math.round((sale.minor * Number(effect.percent)) / 100) : effect.minor;
  return { minor, currency: sale.currency };
}
