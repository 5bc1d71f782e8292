import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { Receipt } from "./model";

/** How the server begins when no map knows the advertiser's word. */
const UNKNOWN_WORD = "the status word is not in";

/** What the sender was told, in the reader's language. */
export function useVerdictText(): (
  receipt: Pick<Receipt, "status" | "reason" | "message" | "same_as" | "http_status">,
) => string {
  const { t } = useTranslation("conversions");
  const word = useWords();
  return ({ status, reason, message, same_as, http_status }) => {
    if (same_as) return t("verdict.repeated");
    if (reason) return word("conversion_reason", reason);
    if (status === "received") return t("verdict.waiting");
    if (http_status >= 400) return message;
    if (message.startsWith(UNKNOWN_WORD)) return t("verdict.unknown_word");
    return message === "updated" ? t("verdict.updated") : t("verdict.taken");
  };
}
