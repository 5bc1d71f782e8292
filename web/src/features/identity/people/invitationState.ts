export type InvitationState = "open" | "accepted" | "withdrawn" | "expired";

interface Dates {
  accepted_at?: string | null;
  revoked_at?: string | null;
  expires_at: string;
}

/** What became of an invitation by now. */
export function invitationState(
  { accepted_at, revoked_at, expires_at }: Dates,
  now: number,
): InvitationState {
  if (accepted_at) return "accepted";
  if (revoked_at) return "withdrawn";
  return Date.parse(expires_at) <= now ? "expired" : "open";
}
