import type { Schemas } from "~/api/client";
import { CANCELLED, TRASH } from "~/features/conversions/rules";

export type Call = Pick<
  Schemas["ReceiptOut"],
  "arrived_at" | "http_status" | "status" | "reason" | "message" | "receipt_id" | "door" | "params"
>;

const DAY_MS = 86_400_000;
/** The advertiser's own verdicts: a call that rejects a lead did what it should. */
const OWN_VERDICTS: readonly string[] = [...TRASH, ...CANCELLED, "advertiser_other", "manual"];

/** A call that went wrong: it was not understood, or what it reported was refused. */
export function isBad(call: Call): boolean {
  if (call.http_status >= 400) return true;
  return call.status === "rejected" && !OWN_VERDICTS.includes(call.reason ?? "");
}

export interface LastDay {
  good: number;
  bad: Call[];
  /** There were more calls than were asked for. */
  isCut: boolean;
  last: string | undefined;
}

/** The calls of the last 24 hours, newest first as the API gives them. */
export function lastDayOf(calls: readonly Call[], hasMore: boolean, now: number): LastDay {
  const since = now - DAY_MS;
  const recent = calls.filter(({ arrived_at }) => arrived_at && Date.parse(arrived_at) >= since);
  return {
    good: recent.filter((call) => !isBad(call)).length,
    bad: recent.filter(isBad),
    isCut: hasMore && recent.length === calls.length,
    last: calls[0]?.arrived_at ?? undefined,
  };
}
