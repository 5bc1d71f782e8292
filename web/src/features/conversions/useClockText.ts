import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { type Clock, clockOf } from "./rules";

/** The clock that runs, in a sentence; nothing where none does. */
export function useClockText(): (conversion: Parameters<typeof clockOf>[0]) => string | undefined {
  const { t } = useTranslation("conversions");
  const { date } = useFormat();
  const said = (clock: Clock): string | undefined => {
    if (clock.kind === "frozen") return t("clock.frozen", { date: date(clock.at) });
    if (clock.kind === "judging") return t("clock.judging", { date: date(clock.until) });
    if (clock.kind === "unjudged") return t("clock.unjudged");
    if (clock.kind === "hold") return t("clock.hold", { date: date(clock.until) });
    return undefined;
  };
  return (conversion) => said(clockOf(conversion));
}
