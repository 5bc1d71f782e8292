import type { Schemas } from "~/api/client";

export type TargetingCondition = Schemas["TargetingCondition"];
export type TargetingField = TargetingCondition["field"];
export type TargetingMatch = NonNullable<TargetingCondition["match"]>;

/** Fields in the order people think of them, a list for each group of the chooser. */
export const FIELD_GROUPS = {
  place: ["country", "region", "city", "language"],
  device: ["device", "brand", "os", "os_version", "browser", "browser_version"],
  network: ["connection", "asn", "network_owner", "proxy"],
  source: ["referrer", "source", ...subs()],
  time: ["day_part", "schedule"],
} as const satisfies Record<string, readonly TargetingField[]>;

function subs() {
  return [
    "sub1",
    "sub2",
    "sub3",
    "sub4",
    "sub5",
    "sub6",
    "sub7",
    "sub8",
    "sub9",
    "sub10",
  ] as const satisfies readonly TargetingField[];
}

/** Values of the fields that have a closed list. */
export const CLOSED: Partial<Record<TargetingField, readonly string[]>> = {
  device: ["desktop", "mobile", "tablet", "other"],
  connection: ["cellular", "cable_dsl", "corporate", "satellite", "dialup"],
  proxy: ["any", "none", "vpn", "public", "hosting", "residential", "tor", "relay"],
};

const TEXTS: readonly TargetingMatch[] = ["exact", "pattern"];
const NUMBERS: readonly TargetingMatch[] = ["exact", "range"];
const MATCHES: Partial<Record<TargetingField, readonly TargetingMatch[]>> = {
  country: ["exact"],
  language: ["exact"],
  device: ["exact"],
  connection: ["exact"],
  proxy: ["exact"],
  region: TEXTS,
  city: TEXTS,
  brand: TEXTS,
  os: TEXTS,
  browser: TEXTS,
  network_owner: TEXTS,
  referrer: TEXTS,
  os_version: NUMBERS,
  browser_version: NUMBERS,
  asn: NUMBERS,
  day_part: ["range"],
  schedule: ["range"],
};

/** How a field's values may be read; the first unless said. */
export function matchesOf(field: TargetingField): readonly TargetingMatch[] {
  return MATCHES[field] ?? ["exact", "pattern", "range"];
}

/** A condition to begin with. */
export function newCondition(field: TargetingField, timezone: string): TargetingCondition {
  const isOfTime = field === "day_part" || field === "schedule";
  return {
    field,
    mode: "include",
    match: matchesOf(field)[0],
    values: field === "day_part" ? ["mon-fri 08:00-20:00"] : [],
    timezone: isOfTime ? timezone : null,
  };
}
