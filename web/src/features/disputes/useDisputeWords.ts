import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Tone } from "~/ui/StatusChip";
import type { DisputeKind, DisputeState } from "./model";

/** Kinds and states in the person's language. */
export function useDisputeWords() {
  const { t } = useTranslation("disputes");
  return useMemo(() => {
    const kind: Record<DisputeKind, string> = {
      missing: t("kind.missing"),
      rejected: t("kind.rejected"),
      price: t("kind.price"),
    };
    const state: Record<DisputeState, string> = {
      open: t("state.open"),
      upheld: t("state.upheld"),
      refused: t("state.refused"),
      withdrawn: t("state.withdrawn"),
    };
    return { kind, state };
  }, [t]);
}

export const STATE_TONES: Record<DisputeState, Tone> = {
  open: "pending",
  upheld: "good",
  refused: "neutral",
  withdrawn: "neutral",
};
