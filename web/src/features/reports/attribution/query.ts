import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";

export type Attribution = Schemas["AttributionOut"];
export type CreditRow = Schemas["CreditRow"];

/** Who had a part in the conversions of a time, by every model. */
export function useAttribution(asked: Schemas["AttributionAsked"]) {
  return useQuery({
    queryKey: ["report", "attribution", asked],
    queryFn: async ({ signal }) => {
      const { data } = await client.POST("/v1/reports/attribution", { body: asked, signal });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
    placeholderData: keepPreviousData,
  });
}
