import type { Schemas } from "~/api/client";
import type { Named } from "~/features/offers/model";

export type Adjustment = Named<Schemas["AdjustmentOut"]>;
export type AdjustmentKind = Schemas["AdjustmentKind"];
export const ADJUSTMENT_KINDS = [
  "bonus",
  "correction",
  "clawback",
] as const satisfies readonly AdjustmentKind[];
