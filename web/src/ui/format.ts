import { useContext, useMemo } from "react";
import { FormatContext, type FormatSettings } from "./format-context";
import { currencyDigits, formatAmount, type MoneyOptions, NOTHING, withRealMinus } from "./format-money";

export { allWhole, currencyDigits, type MoneyOptions, majorUnits } from "./format-money";
export { NOTHING };

/** An amount as the API gives it: whole minor units. */
export interface MoneyValue {
  minor: number;
  currency: string;
}

/** A price of one unit as reports give it: millionths of the currency's unit. */
export interface MicrosValue {
  micros: number;
  currency: string;
}

type Maybe<T> = T | null | undefined;

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(language, options);
  numberFormats.set(key, known);
  return known;
}

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(language, options);
  dateFormats.set(key, known);
  return known;
}

/** A plain local date has no zone: it must not move a day when shown. */
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;

function moment(value: string | number | Date): { at: Date; plain: boolean } {
  const plain = typeof value === "string" && PLAIN_DATE.test(value);
  return { at: new Date(plain ? `${value}T00:00:00Z` : value), plain };
}

const STEPS: ReadonlyArray<readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit]> = [
  [45, 1, "second"],
  [45 * 60, 60, "minute"],
  [22 * 3600, 3600, "hour"],
  [26 * 86400, 86400, "day"],
  [320 * 86400, 30.44 * 86400, "month"],
  [Number.POSITIVE_INFINITY, 365.25 * 86400, "year"],
];

/** How much `now` differs from `before`, as a ratio; nothing to say when there was nothing before. */
export function changeRatio(now: Maybe<number>, before: Maybe<number>): number | null {
  if (now == null || before == null || before === 0) return null;
  return (now - before) / Math.abs(before);
}

/** Everything that turns values into words of one language and one zone. Pure: same settings, same text. */
export function createFormat({ language, timezone, unitDigits }: FormatSettings) {
  const money = (value: Maybe<MoneyValue>, options: MoneyOptions = {}): string => {
    if (value == null) return NOTHING;
    const digits = options.digits ?? unitDigits?.[value.currency] ?? currencyDigits(value.currency);
    const minorDigits = unitDigits?.[value.currency] ?? currencyDigits(value.currency);
    return formatAmount(language, value.minor / 10 ** minorDigits, value.currency, { ...options, digits });
  };

  const moneyMicros = (value: Maybe<MicrosValue>, options: MoneyOptions = {}): string => {
    if (value == null) return NOTHING;
    const units = value.micros / 1_000_000;
    const usual = Math.min(unitDigits?.[value.currency] ?? currencyDigits(value.currency), 6);
    const tiny = units !== 0 && Math.abs(units) < 0.1;
    return formatAmount(language, units, value.currency, {
      ...options,
      digits: options.digits ?? (tiny ? Math.max(usual, 4) : usual),
    });
  };

  const number = (value: Maybe<number>, options: Intl.NumberFormatOptions = {}): string =>
    value == null ? NOTHING : withRealMinus(numberFormat(language, options).formatToParts(value));

  const compactNumber = (value: Maybe<number>): string =>
    number(value, { notation: "compact", maximumFractionDigits: 1 });

  const percent = (ratio: Maybe<number>): string =>
    number(ratio, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });

  const change = (ratio: Maybe<number>): string =>
    number(ratio, {
      style: "percent",
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: "exceptZero",
    });

  const date = (value: Maybe<string | number | Date>, options?: Intl.DateTimeFormatOptions): string => {
    if (value == null) return NOTHING;
    const { at, plain } = moment(value);
    return dateFormat(language, {
      ...(options ?? { dateStyle: "medium" }),
      timeZone: plain ? "UTC" : timezone,
    }).format(at);
  };

  const dateTime = (value: Maybe<string | number | Date>, exact = false): string => {
    if (value == null) return NOTHING;
    return dateFormat(language, {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      ...(exact ? { second: "2-digit", timeZoneName: "short" } : {}),
      timeZone: timezone,
    }).format(moment(value).at);
  };

  const timeAgo = (value: Maybe<string | number | Date>, now: number | Date = Date.now()): string => {
    if (value == null) return NOTHING;
    const seconds = (moment(value).at.getTime() - Number(now)) / 1000;
    const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
    if (!step) return NOTHING;
    const [, size, unit] = step;
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(
      Math.round(seconds / size),
      unit,
    );
  };

  const dayRange = (from: Maybe<string>, to: Maybe<string>): string => {
    if (from == null || to == null) return NOTHING;
    return dateFormat(language, {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    }).formatRange(moment(from).at, moment(to).at);
  };

  return {
    language,
    timezone,
    money,
    moneyMicros,
    number,
    compactNumber,
    percent,
    change,
    date,
    dateTime,
    timeAgo,
    dayRange,
  };
}

export type Format = ReturnType<typeof createFormat>;

/** The helpers in the person's language and the workspace's zone. */
export function useFormat(): Format {
  const { language, timezone, unitDigits } = useContext(FormatContext);
  return useMemo(() => createFormat({ language, timezone, unitDigits }), [language, timezone, unitDigits]);
}
