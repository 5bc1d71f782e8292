import { useTranslation } from "react-i18next";
import { useCountryName } from "~/domain/countries";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import type { Speech } from "./values";

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** The two largest units of a stretch of time. */
export function durationOf(language: string, seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 && parts.length < 2) {
      parts.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count));
    }
  }
  const nothing = () =>
    new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long" }).format(0);
  return parts.length > 0 ? parts.join(" ") : nothing();
}

export function useSpeech(labels: Record<string, string>): Speech {
  const { t, i18n } = useTranslation("explain");
  const word = useWords();
  const country = useCountryName();
  const { money, dateTime, number } = useFormat();
  return {
    word,
    country,
    labels,
    money: (value) => money(value),
    dateTime: (value) => dateTime(value),
    number: (value) => number(value),
    duration: (seconds) => durationOf(i18n.language, seconds),
    yesOrNo: (value) => (value ? t("yes") : t("no")),
  };
}
