/** A recruiter's share as it stands in a form. */
import { priceOf, readDecimal } from "../effect";
import type { Effect, RecruiterShare } from "../shapes";

export interface RecruiterDraft {
  level: number;
  percent: string;
  of: RecruiterShare["of"];
  /** Empty for life. */
  months: string;
}

export const NEW_RECRUITER: RecruiterDraft = { level: 1, percent: "", of: "payout", months: "12" };

export function recruiterDraftOf({ level, percent, of, months }: RecruiterShare): RecruiterDraft {
  return { level, percent, of, months: months ? String(months) : "" };
}

/** What is sent; nothing while a part of it cannot be read. */
export function effectOfRecruiter({ level, percent, of, months }: RecruiterDraft): Effect | undefined {
  const rate = priceOf({ kind: "percent", value: percent }, "EUR");
  if (!rate || !("percent" in rate) || Number(rate.percent) > 100) return undefined;
  if (months.trim() === "") return { recruiter: { level, percent: rate.percent, of, months: null } };
  const term = readDecimal(months);
  if (term?.scale !== 0 || term.digits === 0n) return undefined;
  return { recruiter: { level, percent: rate.percent, of, months: Number(term.digits) } };
}
