import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";

export type Changes = Schemas["ChangeOut"];
export type Split = Schemas["SplitOut"];
export type ChangedValue = Schemas["ValueOut"];

/** What changed one metric between two periods. */
export function useChanges(asked: Schemas["AskedChange"], isKnown: boolean) {
  return useQuery({
    queryKey: ["report", "changes", asked],
    queryFn: async ({ signal }) => {
      const { data } = await client.POST("/v1/reports/changes", { body: asked, signal });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
    placeholderData: keepPreviousData,
    enabled: isKnown,
  });
}
