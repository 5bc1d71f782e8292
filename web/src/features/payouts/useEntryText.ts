import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { causeOf, type Entry } from "./statement";

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
      if (causeOf(line.note)) return kind;
      const list = line.kind === "adjustment" ? "adjustment_kind" : "conversion_reason";
      return t("statement.because", { kind, reason: word(list, line.note) });
    },
    [t, word],
  );
}
