import { useQueryClient } from "@tanstack/react-query";
import type { Partner } from "../model";
import { partnerQuery } from "../queries";

/** What is known anew once a partner was changed. */
export function usePartnerSaved(): (partner: Partner) => void {
  const queries = useQueryClient();
  return (partner) => {
    queries.setQueryData(partnerQuery(partner.id).queryKey, partner);
    for (const key of ["partners", "audit", "owed", "balance"])
      void queries.invalidateQueries({ queryKey: [key] });
  };
}
