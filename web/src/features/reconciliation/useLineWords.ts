import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LineCause, LineClass, LineDecision } from "./model";

interface CauseWords {
  name: string;
  /** What it means in plain words, and what to look at. */
  meaning: string;
}

/** Classes, causes and decisions in the person's language. */
export function useLineWords() {
  const { t } = useTranslation("reconciliation");
  return useMemo(() => {
    const ofClass: Record<LineClass, string> = {
      matched: t("class.matched"),
      only_ours: t("class.only_ours"),
      only_theirs: t("class.only_theirs"),
      status_differs: t("class.status_differs"),
      amount_differs: t("class.amount_differs"),
      count_differs: t("class.count_differs"),
    };
    const ofDecision: Record<LineDecision, string> = {
      take_theirs: t("decision.take_theirs"),
      make_conversion: t("decision.make_conversion"),
      keep_ours: t("decision.keep_ours"),
      next_period: t("decision.next_period"),
    };
    const ofDone: Record<LineDecision, string> = {
      take_theirs: t("decided.take_theirs"),
      make_conversion: t("decided.make_conversion"),
      keep_ours: t("decided.keep_ours"),
      next_period: t("decided.next_period"),
    };
    const cause = (code: LineCause | null | undefined): CauseWords =>
      code ? { name: causeName(code), meaning: causeMeaning(code) } : { name: t("cause.none"), meaning: "" };
    const causeName = (code: LineCause) => causes[code][0];
    const causeMeaning = (code: LineCause) => causes[code][1];
    const causes: Record<LineCause, [string, string]> = {
      time_zone: [t("cause.time_zone"), t("meaning.time_zone")],
      date_basis: [t("cause.date_basis"), t("meaning.date_basis")],
      window: [t("cause.window"), t("meaning.window")],
      duplicate: [t("cause.duplicate"), t("meaning.duplicate")],
      test_row: [t("cause.test_row"), t("meaning.test_row")],
      status_word: [t("cause.status_word"), t("meaning.status_word")],
      not_yet_decided: [t("cause.not_yet_decided"), t("meaning.not_yet_decided")],
      decided_otherwise: [t("cause.decided_otherwise"), t("meaning.decided_otherwise")],
      currency: [t("cause.currency"), t("meaning.currency")],
      rounding: [t("cause.rounding"), t("meaning.rounding")],
      gross_net: [t("cause.gross_net"), t("meaning.gross_net")],
      price: [t("cause.price"), t("meaning.price")],
      foreign_id: [t("cause.foreign_id"), t("meaning.foreign_id")],
      not_received: [t("cause.not_received"), t("meaning.not_received")],
      not_reported: [t("cause.not_reported"), t("meaning.not_reported")],
    };
    return { ofClass, ofDecision, ofDone, cause };
  }, [t]);
}
