import type { Role } from "~/domain/person";

const STAFF: readonly Role[] = ["owner", "manager", "analyst", "finance"];
const OUTSIDE: readonly Role[] = ["partner", "advertiser"];

/** Roles that somebody of a role may invite with: managers bring partners and advertisers in, owners anybody. */
export function invitableRoles(own: Role): readonly Role[] {
  return own === "owner" ? [...OUTSIDE, ...STAFF] : OUTSIDE;
}

export const ALL_ROLES: readonly Role[] = [...STAFF, ...OUTSIDE];

export interface PlaceValues extends Record<string, unknown> {
  role: Role;
  partner_id: string | null;
  advertiser_id: string | null;
}

/** What the API takes: a partner's member names its partner, an advertiser's its advertiser, staff neither. */
export function placeOf({ role, partner_id, advertiser_id }: PlaceValues) {
  return {
    role,
    partner_id: role === "partner" ? partner_id : null,
    advertiser_id: role === "advertiser" ? advertiser_id : null,
  };
}
