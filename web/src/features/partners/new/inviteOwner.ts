import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import type { Partner } from "../model";
import type { Made } from "./NewPartnerDrawer";

/** Invites the person behind a partner. The partner stands whether or not this succeeds. */
export async function inviteOwner(partner: Partner): Promise<NonNullable<Made["invitation"]>> {
  const { id: partner_id, email, language } = partner;
  try {
    const body = { email, role: "partner" as const, partner_id, language };
    const { url } = bodyOf(await client.POST("/v1/invitations", { body }));
    return { email, url: url ?? undefined };
  } catch (problem) {
    return { email, problem };
  }
}
