/** What a partner wants to know of an offer or a link, the most telling first. */
export const PARTNER_METRICS = ["payout", "clicks", "conversions", "cr", "epc", "approval_rate"] as const;
export const PARTNER_CHARTED = ["payout", "clicks", "conversions"] as const;
