import { useCallback } from "react";
import { useShareText, WHOLE_BP } from "~/domain/shares";
import { NOTHING } from "~/ui/format";
import type { Payout } from "./model";

/** Whether the partner has other accounts beside that of this payout. */
export function isDivided({ share_bp }: Payout): boolean {
  return share_bp !== WHOLE_BP;
}

/** The end of the account that a payout goes to, with its share where there are several; nothing where it is not known. */
export function useAccountText(): (payout: Payout) => string | null {
  const share = useShareText();
  return useCallback(
    (payout) => {
      const end = payout.account_shown ?? null;
      return isDivided(payout) ? `${end ?? NOTHING} (${share(payout.share_bp)})` : end;
    },
    [share],
  );
}
