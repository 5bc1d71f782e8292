import { useCallback } from "react";
import { useWords } from "~/domain/words";

const KNOWN: readonly string[] = ["private_address", "timed_out", "no_ad_click_id", "ended"];

/** Why a try failed: our own codes in words, the receiver's words as they are. */
export function useErrorWord(): (error: string) => string {
  const word = useWords();
  return useCallback((error) => (KNOWN.includes(error) ? word("delivery_error", error) : error), [word]);
}
