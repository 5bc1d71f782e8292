import { useQueryClient } from "@tanstack/react-query";
import type { Offer } from "../model";
import { offerQuery } from "../queries";

/** What is known anew once an offer was changed. */
export function useOfferSaved(): (offer: Offer) => void {
  const queries = useQueryClient();
  return (offer) => {
    queries.setQueryData(offerQuery(offer.id).queryKey, offer);
    for (const key of ["offers", "plan", "audit"]) void queries.invalidateQueries({ queryKey: [key] });
  };
}
