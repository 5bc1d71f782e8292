import { amountOf, exampleSale, readDecimal } from "../effect";
import type { Price } from "../shapes";

/** What is left of the revenue: a sum, a share of the amount, or both seen on an example sale. */
export type Margin =
  | { kind: "minor"; minor: number; ratio: number | undefined }
  | { kind: "percent"; percent: number; ratio: number | undefined }
  | { kind: "example"; saleMinor: number; minor: number; ratio: number | undefined };

function ratioOf(kept: number, revenue: number): number | undefined {
  return revenue > 0 ? kept / revenue : undefined;
}

/** What a line leaves; nothing while the revenue of the line is not told, for then another rule decides it. */
export function marginOf(rate: Price | null, revenue: Price | null, currency: string): Margin | undefined {
  if (!revenue) return undefined;
  const paid: Price = rate ?? ("percent" in revenue ? { percent: "0" } : { minor: 0 });
  if ("minor" in paid && "minor" in revenue) {
    const minor = revenue.minor - paid.minor;
    return { kind: "minor", minor, ratio: ratioOf(minor, revenue.minor) };
  }
  if ("percent" in paid && "percent" in revenue) {
    const [cost, brought] = [scaled(paid.percent), scaled(revenue.percent)];
    return { kind: "percent", percent: (brought - cost) / SCALE, ratio: ratioOf(brought - cost, brought) };
  }
  const saleMinor = exampleSale(currency);
  const brought = amountOf(revenue, saleMinor);
  const minor = brought - amountOf(paid, saleMinor);
  return { kind: "example", saleMinor, minor, ratio: ratioOf(minor, brought) };
}

/** Percentages have up to 8 decimals: whole numbers of the eighth are subtracted exactly. */
const SCALE = 1e8;

function scaled(percent: string): number {
  const decimal = readDecimal(percent);
  return decimal ? Number(decimal.digits) * 10 ** (8 - decimal.scale) : 0;
}
