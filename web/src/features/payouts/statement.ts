import type { Balance, StatementLine } from "./model";

type Change = StatementLine["changes"][number];

/** Accounts that are the partner's own, with their sign in what it has in all. */
const SIGNS: Partial<Record<Change["account"], 1 | -1>> = {
  partner_pending: 1,
  partner_approved: 1,
  partner_payable: 1,
  in_transit: 1,
  partner_debt: -1,
};

/** What the partner has in one currency, in every state, less its debt. */
export function inAll(balance: Balance): number {
  return balance.pending + balance.approved + balance.payable + balance.in_transit - balance.debt;
}

function netOf(line: StatementLine, currency: string): number {
  return line.changes
    .filter((change) => change.currency === currency)
    .reduce((sum, change) => sum + change.change_minor * (SIGNS[change.account] ?? 0), 0);
}

/** A line of one currency with what it brought, and what the partner had in all after it. */
export interface Entry {
  line: StatementLine;
  /** What was moved from one account to another, or brought in or taken out. */
  movedMinor: number;
  netMinor: number;
  afterMinor: number;
  from: Change["account"] | undefined;
  to: Change["account"] | undefined;
}

/** Lines of one currency, newest first, counted back from what the partner has now. */
export function runningEntries(lines: readonly StatementLine[], balance: Balance): Entry[] {
  let afterMinor = inAll(balance);
  return lines.flatMap((line) => {
    const changes = line.changes.filter((change) => change.currency === balance.currency);
    if (changes.length === 0) return [];
    const netMinor = netOf(line, balance.currency);
    const [from, to] = [changes.find(takesOut), changes.find((change) => !takesOut(change))];
    const movedMinor = Math.max(...changes.map((change) => Math.abs(change.change_minor)));
    const entry = { line, movedMinor, netMinor, afterMinor, from: from?.account, to: to?.account };
    afterMinor -= netMinor;
    return [entry];
  });
}

function takesOut(change: Change): boolean {
  return change.change_minor < 0;
}

/** What an entry beside conversions was made for. */
export interface Cause {
  of: "bonus" | "recruiter_share" | "traffic" | "revenue_share";
  /** The day (`2026-11-03`) or month (`2026-11`) that it speaks of. */
  period: string | undefined;
}

const CAUSE = /^(bonus|recruiter_share|traffic|revenue_share)(?: ([0-9-]+))? [a-z]{3}_[0-9A-Z]{26}$/;

/** Reads the book's note of such an entry: the kind, its period where it has one, and the id of its row. */
export function causeOf(note: string): Cause | undefined {
  const [, of, period] = CAUSE.exec(note) ?? [];
  return of ? { of: of as Cause["of"], period } : undefined;
}
