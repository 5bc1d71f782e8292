import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { Entry } from "./statement";

/** Notes that only repeat the entry's kind; any other is a reason's code. */
const KIND_NOTES = new Set([
  "receive",
  "approve",
  "reject",
  "reopen",
  "refund",
  "reverse",
  "reinstate",
  "reprice",
  "lock",
  "pay",
  "unpay",
  "",
]);

/** What an entry did to the partner's money, and why, in plain words. */
export function useEntryText(): (entry: { line: Pick<Entry["line"], "kind" | "note"> }) => string {
  const { t } = useTranslation("payouts");
  const word = useWords();
  return useCallback(
    ({ line }) => {
      const kind = word("entry_kind", line.kind);
      if (KIND_NOTES.has(line.note)) return line.note === "refund" ? t("statement.refund") : kind;
      return t("statement.because", { kind, reason: word("conversion_reason", line.note) });
    },
    [t, word],
  );
}
