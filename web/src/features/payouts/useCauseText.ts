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
      const names = {
        bonus: t("statement.of.bonus"),
        recruiter_share: t("statement.of.recruiter_share"),
        traffic: t("statement.of.traffic"),
        revenue_share: t("statement.of.revenue_share"),
      };
      const name = names[cause.of];
      return cause.period ? `${name}, ${periodText(cause.period, format.date)}` : name;
    },
    [t, format],
  );
}

function periodText(period: string, date: Format["date"]): string {
  const isMonth = period.length === "2026-11".length;
  return isMonth ? date(`${period}-01`, { month: "long", year: "numeric" }) : date(period);
}
