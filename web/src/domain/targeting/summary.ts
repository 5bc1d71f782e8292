import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { readDayPart, runsOf, WEEK } from "./dayPart";
import type { TargetingCondition } from "./model";

/** A Monday, from which weekdays take their names. */
const SOME_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
/** Values of one condition that are said; of more, how many there are. */
const SAID_MAX = 6;

/** What a list of conditions means, in plain words: a sentence of whom it takes, one of whom it does not. */
export function useTargetingSummary(): (conditions: readonly TargetingCondition[]) => string[] {
  const { t } = useTranslation("targeting");
  const phrase = usePhrase();
  return (conditions) => {
    const of = (mode: TargetingCondition["mode"]) =>
      conditions
        .filter((condition) => condition.mode === mode)
        .map(phrase)
        .join(", ");
    const [only, except] = [of("include"), of("exclude")];
    if (!only && !except) return [t("summary.everybody")];
    const sentences = [
      only && t("summary.only", { list: only }),
      except && t("summary.except", { list: except }),
    ];
    return sentences.filter(Boolean);
  };
}

/** One condition without its mode: "Poland and Germany", "source: bad-*". */
export function usePhrase(): (condition: TargetingCondition) => string {
  const { t } = useTranslation("targeting");
  const word = useWords();
  const { language } = useFormat();
  const regions = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  const languages = new Intl.DisplayNames([language], { type: "language", fallback: "code" });
  const dayPart = useDayPartWords();
  const list = (texts: string[]) => {
    const said = texts.slice(0, SAID_MAX);
    if (texts.length > SAID_MAX) said.push(t("summary.more", { count: texts.length - SAID_MAX }));
    return new Intl.ListFormat(language, { type: "conjunction" }).format(said);
  };
  const range = (text: string) => {
    const [, name = "", from = "", to = ""] = /^(.* )?(.*?)\.\.(.*)$/.exec(text) ?? [];
    if (!text.includes("..")) return text;
    if (from && to) return `${name}${from}–${to}`;
    return name + (from ? t("summary.from", { from }) : t("summary.to", { to }));
  };
  return ({ field, values, timezone }) => {
    switch (field) {
      case "country":
        return list(values.map((code) => regions.of(code) ?? code));
      case "language":
        return list(values.map((code) => languages.of(code) ?? code));
      case "device":
        return list(values.map((value) => lower(word("device", value))));
      case "connection":
        return list(values.map((value) => lower(word("connection", value))));
      case "proxy":
        return list(values.map((value) => lower(word("proxy_kind", value))));
      case "day_part":
        return `${values.map(dayPart).join(", ")} ${timezone ?? ""}`.trim();
      case "schedule":
        return `${values.map(range).join(", ")} ${timezone ?? ""}`.trim();
      default: {
        const said = values.map((value) => (value === "" ? t("summary.nothing_sent") : range(value)));
        return `${lower(word("targeting_field", field))}: ${list(said)}`;
      }
    }
  };
}

function useDayPartWords(): (text: string) => string {
  const { language } = useFormat();
  const short = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const name = (day: (typeof WEEK)[number]) => short.format(SOME_MONDAY + WEEK.indexOf(day) * DAY_MS);
  return (text) => {
    const { days, from, to } = readDayPart(text);
    const hours = `${from}–${to}`;
    if (days.length === WEEK.length) return hours;
    const spans = runsOf(days).map(([first, last]) =>
      first === last ? name(first) : `${name(first)}–${name(last)}`,
    );
    return `${spans.join(", ")} ${hours}`;
  };
}

/** In the middle of a sentence; an abbreviation keeps its letters. */
function lower(text: string): string {
  const isAbbreviation = text.length > 1 && text.charAt(1) !== text.charAt(1).toLowerCase();
  return isAbbreviation ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
