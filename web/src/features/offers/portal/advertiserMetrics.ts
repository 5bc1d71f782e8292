/** What an advertiser wants to know of an offer, the most telling first. */
export const ADVERTISER_METRICS = [
  "revenue",
  "sale_amount",
  "clicks",
  "conversions",
  "cr",
  "approval_rate",
] as const;
export const ADVERTISER_CHARTED = ["revenue", "sale_amount", "clicks", "conversions"] as const;
