import { useTranslation } from "react-i18next";
import { StatusChip, type Tone } from "~/ui/StatusChip";
import type { ReconciliationState } from "./model";

const TONES: Record<ReconciliationState, Tone> = {
  comparing: "pending",
  open: "pending",
  closed: "locked",
  discarded: "neutral",
};

export function useStateWord(): (state: ReconciliationState) => string {
  const { t } = useTranslation("reconciliation");
  const words: Record<ReconciliationState, string> = {
    comparing: t("state.comparing"),
    open: t("state.open"),
    closed: t("state.closed"),
    discarded: t("state.discarded"),
  };
  return (state) => words[state];
}

export function StateCell({ state }: { state: ReconciliationState }) {
  return <StatusChip tone={TONES[state]} label={useStateWord()(state)} />;
}
