import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";

type Rhythm = Schemas["Rhythm"];

/** A Monday. */
const MONDAY = Date.UTC(2026, 1, 2);
const DAY_MS = 86_400_000;
const HALF_MONTH_DAYS = 14;

export function weekdayOf(day: number, language: string): string {
  const format = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  return format.format(MONDAY + (day - 1) * DAY_MS);
}

/** A rhythm and its day in words. */
export function useRhythmText(): (rhythm: Rhythm, day: number) => string {
  const { t, i18n } = useTranslation("payers");
  return (rhythm, day) => {
    if (rhythm === "weekly") return t("rhythm.weekly", { day: weekdayOf(day, i18n.language) });
    if (rhythm === "monthly") return t("rhythm.monthly", { day });
    return t("rhythm.twice_monthly", { day, other: day + HALF_MONTH_DAYS });
  };
}
