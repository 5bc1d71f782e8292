export type Reader = "staff" | "partner" | "advertiser";

/** What a list shows: by its reader, and to an advertiser that judges. */
export type ColumnSet = Reader | "judge";

export type ColumnId =
  | "time"
  | "status"
  | "deadline"
  | "offer"
  | "goal"
  | "partner"
  | "advertiser"
  | "order"
  | "sub1"
  | "country"
  | "traffic_type"
  | "sale"
  | "refunded"
  | "earnings"
  | "revenue"
  | "margin"
  | "currency";

export const COLUMN_SETS: Record<ColumnSet, readonly ColumnId[]> = {
  staff: [
    "time",
    "status",
    "offer",
    "goal",
    "partner",
    "advertiser",
    "order",
    "sub1",
    "country",
    "traffic_type",
    "sale",
    "refunded",
    "earnings",
    "revenue",
    "margin",
    "currency",
  ],
  partner: [
    "time",
    "status",
    "offer",
    "goal",
    "order",
    "sub1",
    "country",
    "sale",
    "refunded",
    "earnings",
    "currency",
  ],
  advertiser: [
    "time",
    "status",
    "offer",
    "goal",
    "partner",
    "order",
    "country",
    "sale",
    "refunded",
    "revenue",
    "currency",
  ],
  judge: ["time", "offer", "goal", "partner", "order", "country", "sale", "revenue", "deadline", "currency"],
};
