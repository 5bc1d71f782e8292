import type { Schemas } from "~/api/client";

export type Partner = Schemas["PartnerOut"];
export type PartnerState = Schemas["PartnerState"];

export const PARTNER_STATES = [
  "pending",
  "active",
  "suspended",
  "banned",
  "rejected",
] as const satisfies readonly PartnerState[];
/** Languages in which letters to partners are written. */
export const LETTER_LANGUAGES = ["en", "ru", "pl"] as const;
