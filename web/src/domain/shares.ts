import { useCallback } from "react";
import { useFormat } from "~/ui/format";

/** Shares are in hundredths of a per cent. */
export const WHOLE_BP = 10_000;

/** A share as it was set, to the hundredth where it has any. */
export function useShareText(): (share_bp: number) => string {
  const { number } = useFormat();
  return useCallback(
    (share_bp) => number(share_bp / WHOLE_BP, { style: "percent", maximumFractionDigits: 2 }),
    [number],
  );
}

/** What further accounts leave to the first. */
export function shareLeft(further: readonly { share_bp: number }[]): number {
  return further.reduce((rest, one) => rest - one.share_bp, WHOLE_BP);
}
