import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";

export type Explanation = Schemas["Explanation"];
export type Step = Schemas["StepOut"];
export type Click = Schemas["ClickOut"];
/** What is explained: each has its own sentences. */
export type Subject = "conversion" | "click";

export function explanationQuery(conversionId: string) {
  return queryOptions({
    queryKey: ["conversions", conversionId, "explain"],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/conversions/{id}/explain", {
        params: { path: { id: conversionId } },
        signal,
      });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
  });
}

export function clickQuery(clickId: string) {
  return queryOptions({
    queryKey: ["clicks", clickId],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/clicks/{id}", { params: { path: { id: clickId } }, signal });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
  });
}
