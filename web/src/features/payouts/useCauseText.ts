import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { type Format, useFormat } from "~/ui/format";
import { causeOf } from "./statement";

/** What an entry beside conversions was made for, in plain words. */
export function useCauseText(): (note: string) => string | undefined {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  return useCallback(
    (note) => {
      const cause = causeOf(note);
      if (!cause) return undefined;
      const name = t(`statement.of.${cause.of}`);
      return cause.period ? `${name}, ${periodText(cause.period, format.date)}` : name;
    },
    [t, format],
  );
}

function periodText(period: string, date: Format["date"]): string {
  const isMonth = period.length === "2026-11".length;
  return isMonth ? date(`${period}-01`, { month: "long", year: "numeric" }) : date(period);
}
