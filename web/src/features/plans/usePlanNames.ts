import type { Schemas } from "~/api/client";
import { useEnrollments } from "~/features/offers/queries";

/** Names of the goals and partners that an offer's plans may speak of. */
export function usePlanNames(offer: Schemas["OfferOut"]): Readonly<Record<string, string>> {
  const { rows } = useEnrollments({ offer_id: offer.id });
  const goals = offer.goals.map(({ id, name }) => [id, name]);
  return Object.assign({}, ...rows.map(({ names }) => names), Object.fromEntries(goals));
}
