import { useTranslation } from "react-i18next";
import { useCountryName } from "~/domain/countries";
import { useWords, type WordList } from "~/domain/words";
import { useFormat } from "~/ui/format";

/** Dimensions whose values are codes of a closed list. */
const LISTS: Record<string, WordList> = {
  attributed_by: "attributed_by",
  click_reason: "click_reason",
  click_verdict: "click_verdict",
  conversion_reason: "conversion_reason",
  conversion_status: "conversion_status",
  destination: "destination",
  device: "device",
  goal_kind: "goal_kind",
  traffic_type: "traffic_type",
  trust: "receipt_trust",
  vertical: "vertical",
};

/** A Monday, to name the days of the week from. */
const SOME_MONDAY = "2024-01-01";

/** A dimension's value in the person's words: names for ids, dates as dates, codes as words. */
export function useDimensionText(
  labels: Record<string, string>,
): (dimension: string, value: unknown) => string {
  const { t } = useTranslation("reports");
  const word = useWords();
  const format = useFormat();
  const country = useCountryName();
  const languages = new Intl.DisplayNames([format.language], { type: "language", fallback: "code" });
  const dayOfWeek = (number: number) => {
    const monday = new Date(`${SOME_MONDAY}T00:00:00Z`);
    monday.setUTCDate(monday.getUTCDate() + number - 1);
    return format.date(monday.toISOString().slice(0, 10), { weekday: "long" });
  };
  return (dimension, value) => {
    if (value === null || value === undefined || value === "") return t("report.unknown");
    const text = String(value);
    const list = LISTS[dimension];
    if (list) return word(list, text);
    if (dimension === "country") return country(text);
    if (dimension === "language") return languages.of(text) ?? text;
    if (dimension === "day" || dimension === "week") return format.date(text);
    if (dimension === "month")
      return format.date(`${text.slice(0, 7)}-01`, { month: "long", year: "numeric" });
    if (dimension === "weekday") return dayOfWeek(Number(text));
    if (dimension === "hour_of_day") return `${text.padStart(2, "0")}:00`;
    return labels[text] ?? text;
  };
}
