import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Tone } from "~/ui/StatusChip";
import type { AppealState, Bearer, ScrubState, ScrubTerms } from "./model";

/** States, bearers and appeals in the person's language. */
export function useScrubWords() {
  const { t } = useTranslation("scrubs");
  return useMemo(() => {
    const state: Record<ScrubState, string> = {
      asked: t("state.asked"),
      accepted: t("state.accepted"),
      refused: t("state.refused"),
    };
    const bearer: Record<Bearer, string> = {
      partner: t("bearer.partner"),
      network: t("bearer.network"),
      split: t("bearer.split"),
    };
    const appeal: Record<AppealState, string> = {
      open: t("appeal_state.open"),
      upheld: t("appeal_state.upheld"),
      dismissed: t("appeal_state.dismissed"),
    };
    const counted: Record<ScrubTerms["counted_from"], string> = {
      approval: t("counted.approval"),
      period_end: t("counted.period_end"),
    };
    return { state, bearer, appeal, counted };
  }, [t]);
}

export const STATE_TONES: Record<ScrubState, Tone> = {
  asked: "pending",
  accepted: "bad",
  refused: "neutral",
};

export const APPEAL_TONES: Record<AppealState, Tone> = {
  open: "pending",
  upheld: "good",
  dismissed: "neutral",
};
