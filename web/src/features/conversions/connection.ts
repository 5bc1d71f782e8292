import type { Receipt } from "./model";

/** How a connection does, judged from its last calls. */
export type Health =
  | { state: "silent" }
  | { state: "working"; at: string }
  | { state: "quiet"; at: string; days: number }
  | { state: "refusing"; reason: string; refused: number; of: number };

const DAY_MS = 86_400_000;
const QUIET_DAYS = 7;
const LOOKED_AT = 20;
/** Reasons that speak of how we are called; the others speak of the customer, and are the trade's usual way. */
const FAULTS = new Set([
  "bad_token",
  "bad_signature",
  "replayed",
  "ip_not_allowed",
  "bad_click_id",
  "click_not_found",
  "click_offer_mismatch",
  "offer_inactive",
  "goal_unknown",
  "no_attribution",
  "duplicate_click_goal",
  "duplicate_order",
  "bad_amount",
  "bad_currency",
  "amount_out_of_range",
  "bad_id",
  "bad_parameter",
  "illegal_move",
  "conversion_locked",
]);

type Call = Pick<Receipt, "status" | "reason" | "http_status" | "arrived_at">;

function isFaulty(call: Call): boolean {
  return call.http_status >= 400 || (call.reason != null && FAULTS.has(call.reason));
}

function mostOften(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? "";
}

/** What the last calls, newest first, say of the connection. */
export function healthOf(calls: readonly Call[], now: number): Health {
  const looked = calls.slice(0, LOOKED_AT);
  const [newest] = looked;
  if (!newest?.arrived_at) return { state: "silent" };
  const faulty = looked.filter(isFaulty);
  if (faulty.length * 2 >= looked.length)
    return {
      state: "refusing",
      reason: mostOften(faulty.map((call) => call.reason ?? "bad_parameter")),
      refused: faulty.length,
      of: looked.length,
    };
  const days = Math.floor((now - Date.parse(newest.arrived_at)) / DAY_MS);
  return days >= QUIET_DAYS
    ? { state: "quiet", at: newest.arrived_at, days }
    : { state: "working", at: newest.arrived_at };
}

const MASKED = "••••••••";

/** A secret with all but its kind and its last characters hidden. */
export function masked(token: string): string {
  return `${token.slice(0, 4)}${MASKED}${token.slice(-4)}`;
}

export interface Sale {
  goal: string;
  currency: string;
}

/** The address to call after a sale. What stands in braces is for the caller to fill. */
export function postbackAddress(door: string, sale: Sale, token: string): string {
  const goal = encodeURIComponent(sale.goal);
  return `${door}?click_id={click_id}&goal=${goal}&order_id={order_id}&amount={amount}&currency=${sale.currency}&token=${token}`;
}

/** The address to call when an order known already got a verdict. */
export function updateAddress(door: string, sale: Sale, token: string): string {
  const goal = encodeURIComponent(sale.goal);
  return `${door}?goal=${goal}&order_id={order_id}&status={status}&token=${token}`;
}

export function tagSnippet(origin: string, sale: Sale): { page: string; sale: string } {
  const fields = `{goal: ${JSON.stringify(sale.goal)}, order_id: "1001", amount: "80.00", currency: "${sale.currency}"}`;
  return {
    page: `<script async src="${origin}/t.js"></script>`,
    sale: `<script>\n  tributary("conversion", ${fields});\n</script>`,
  };
}
