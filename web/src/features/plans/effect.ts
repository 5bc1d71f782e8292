import { currencyDigits } from "~/ui/format-money";
import type { Effect, Price } from "./shapes";

export type { Effect };

/** A rate as it stands in a form: nothing typed is changed before it is sent. */
export interface RateDraft {
  kind: "percent" | "fixed" | "none" | "kept";
  value: string;
  /** What is no plain price and stays as it is while the kind is `kept`. */
  kept?: Effect;
}

export const NO_RATE: RateDraft = { kind: "none", value: "" };

/** Decimals a percentage may have, as the API keeps them. */
const PERCENT_DECIMALS = 8;
const PERCENT_MAX = 1000n;
/** Most that a click or a thousand views earn. */
const TRAFFIC_RATE_MAX = 10_000n;
/** Most units of a reward for a conversion, or for a whole unit of its currency. */
const REWARD_MAX = 1_000_000n;

interface Decimal {
  digits: bigint;
  scale: number;
}

/** A number as people type it: blanks between thousands, comma or point before the decimals. */
export function readDecimal(text: string): Decimal | undefined {
  const plain = text.replace(/[\s\u00a0]/g, "").replace(",", ".");
  const match = /^(\d{1,15})(?:\.(\d*))?$/.exec(plain);
  if (!match) return undefined;
  const decimals = (match[2] ?? "").replace(/0+$/, "");
  return { digits: BigInt(`${match[1]}${decimals}`), scale: decimals.length };
}

/** A rate of clicks or views as the API has it; nothing while it cannot be read. */
export function trafficRateOf(text: string): string | undefined {
  const decimal = readDecimal(text);
  if (!decimal || decimal.scale > PERCENT_DECIMALS) return undefined;
  const isTooMuch = decimal.digits > TRAFFIC_RATE_MAX * 10n ** BigInt(decimal.scale);
  return isTooMuch ? undefined : writeDecimal(decimal);
}

/** Units of a reward as the API has them; nothing while they cannot be read. */
export function rewardRateOf(text: string): string | undefined {
  const decimal = readDecimal(text);
  if (!decimal || decimal.scale > PERCENT_DECIMALS) return undefined;
  const isTooMuch = decimal.digits > REWARD_MAX * 10n ** BigInt(decimal.scale);
  return isTooMuch ? undefined : writeDecimal(decimal);
}

function writeDecimal({ digits, scale }: Decimal): string {
  if (scale === 0) return digits.toString();
  const text = digits.toString().padStart(scale + 1, "0");
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** What the draft asks of the API: a rate, `null` for none, `undefined` while it cannot be read. */
export function effectOf(draft: RateDraft, currency: string): Effect | null | undefined {
  return draft.kind === "kept" ? draft.kept : priceOf(draft, currency);
}

/** The same of a plain price. */
export function priceOf(draft: RateDraft, currency: string): Price | null | undefined {
  if (draft.kind === "none" || draft.kind === "kept") return null;
  const decimal = readDecimal(draft.value);
  if (!decimal) return undefined;
  if (draft.kind === "percent") {
    const tooFine = decimal.scale > PERCENT_DECIMALS;
    const tooMuch = decimal.digits > PERCENT_MAX * 10n ** BigInt(decimal.scale);
    return tooFine || tooMuch ? undefined : { percent: writeDecimal(decimal) };
  }
  const places = currencyDigits(currency) - decimal.scale;
  return places < 0 ? undefined : { minor: Number(decimal.digits * 10n ** BigInt(places)) };
}

function keptOf(effect: Effect): RateDraft {
  return { kind: "kept", value: "", kept: effect };
}

/** A rate of the API as a form shows it; what is no plain price is kept as it is. */
export function draftOf(effect: Effect | null | undefined, currency: string): RateDraft {
  if (!effect) return NO_RATE;
  if ("percent" in effect) return { kind: "percent", value: effect.percent };
  return "minor" in effect ? { kind: "fixed", value: writeMinor(effect.minor, currency) } : keptOf(effect);
}

function writeMinor(minor: number, currency: string): string {
  return writeDecimal({ digits: BigInt(minor), scale: currencyDigits(currency) });
}

/** What a price gives for a sale, in minor units: rounded once, half away from zero, as the API does. */
export function amountOf(effect: Effect | null | undefined, saleMinor: number): number {
  if (!effect) return 0;
  if ("minor" in effect) return effect.minor;
  const percent = "percent" in effect ? readDecimal(effect.percent) : undefined;
  if (!percent) return 0;
  const product = percent.digits * BigInt(saleMinor);
  const divisor = 100n * 10n ** BigInt(percent.scale);
  return Number((2n * product + divisor) / (2n * divisor));
}

/** The sale that examples speak of: 80.00 of a currency with cents, 8,000 of one without. */
export function exampleSale(currency: string): number {
  return 8_000 * 10 ** Math.max(currencyDigits(currency) - 2, 0);
}

export interface Example {
  /** Absent where no rate depends on the amount. */
  saleMinor?: number;
  payoutMinor: number;
  revenueMinor: number;
  profitMinor: number;
  /** Profit by revenue; absent where nothing is charged. */
  margin?: number;
}

/** What one conversion of the goal pays, is charged and leaves. */
export function exampleOf(
  payout: Effect | null | undefined,
  revenue: Effect | null | undefined,
  currency: string,
): Example {
  const sale = exampleSale(currency);
  const byAmount = [payout, revenue].some((effect) => effect && "percent" in effect);
  const payoutMinor = amountOf(payout, sale);
  const revenueMinor = amountOf(revenue, sale);
  const profitMinor = revenueMinor - payoutMinor;
  return {
    saleMinor: byAmount ? sale : undefined,
    payoutMinor,
    revenueMinor,
    profitMinor,
    margin: revenueMinor > 0 ? profitMinor / revenueMinor : undefined,
  };
}

/** Whether a rate is an amount or a percentage, so that an example can be worked out from it alone. */
export function isPlain(effect: Effect | null | undefined): boolean {
  return !effect || "minor" in effect || "percent" in effect;
}

export function sameEffect(one: Effect | null | undefined, other: Effect | null | undefined): boolean {
  if (!one || !other) return !one && !other;
  return JSON.stringify(one) === JSON.stringify(other);
}
