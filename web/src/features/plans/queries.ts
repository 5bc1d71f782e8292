import { queryOptions } from "@tanstack/react-query";
import { client } from "~/api/client";

/** Both plans of an offer. */
export function planQuery(offerId: string) {
  return queryOptions({
    queryKey: ["plan", offerId],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/offers/{id}/plan", {
        params: { path: { id: offerId } },
        signal,
      });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
  });
}
