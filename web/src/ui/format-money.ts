export interface MoneyOptions {
  /** Hides minor units. Only for a whole column or block whose amounts are all whole (see `allWhole`). */
  whole?: boolean;
  /** "+" before what is added, for entries of a book. */
  signed?: boolean;
  /** 1.2K: for axes and small tiles, never where someone is paid. */
  compact?: boolean;
  /** Decimals other than the currency's own. */
  digits?: number;
  /** The figure alone, for a column whose head names the currency. */
  bare?: boolean;
}

/** What stands for "nothing is known"; 0 stands for nought. */
export const NOTHING = "-";

const UNIT_DIGITS: Readonly<Record<string, number>> = {
  USDT: 6,
  USDC: 6,
  TRX: 6,
  BTC: 8,
  LTC: 8,
  BCH: 8,
  ETH: 18,
  TON: 9,
};

const isoDigits = new Map<string, number | null>();

function digitsOfIso(currency: string): number | null {
  const known = isoDigits.get(currency);
  if (known !== undefined) return known;
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2)
    : null;
  isoDigits.set(currency, digits);
  return digits;
}

/** Decimals between the minor and the major unit. */
export function currencyDigits(currency: string): number {
  return UNIT_DIGITS[currency] ?? digitsOfIso(currency) ?? 2;
}

/** The amount in major units, for charts and sorting; never for sums. */
export function majorUnits(minor: number, currency: string): number {
  return minor / 10 ** currencyDigits(currency);
}

/** True when every amount is whole, so that a column may hide its minor units. */
export function allWhole(amounts: Iterable<{ minor: number; currency: string } | null | undefined>): boolean {
  for (const amount of amounts) {
    if (amount && amount.minor % 10 ** currencyDigits(amount.currency) !== 0) return false;
  }
  return true;
}

/** A hyphen is hard to see before a figure; the minus of typography is as wide as a digit. */
export function withRealMinus(parts: Intl.NumberFormatPart[]): string {
  return parts.map((part) => (part.type === "minusSign" ? "\u2212" : part.value)).join("");
}

const formats = new Map<string, Intl.NumberFormat>();

export function formatAmount(
  language: string,
  units: number,
  currency: string,
  options: MoneyOptions,
): string {
  const key = [language, currency, ...Object.entries(options).flat()].join();
  const foreign = !/^[A-Z]{3}$/.test(currency) || currency in UNIT_DIGITS;
  let format = formats.get(key);
  if (!format) {
    const digits = options.whole ? 0 : (options.digits ?? 2);
    const figures: Intl.NumberFormatOptions = options.compact
      ? { notation: "compact", maximumFractionDigits: 1 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
    format = new Intl.NumberFormat(language, {
      ...figures,
      ...(foreign || options.bare ? {} : { style: "currency" as const, currency }),
      signDisplay: options.signed ? "exceptZero" : "negative",
    });
    formats.set(key, format);
  }
  const text = withRealMinus(format.formatToParts(units));
  return foreign && !options.bare ? `${text}\u00a0${currency}` : text;
}
