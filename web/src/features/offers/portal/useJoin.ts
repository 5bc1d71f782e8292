import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "../model";

/** Enrolls the partner: at once where the offer is public, else as a request. */
export function useJoin() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["NewEnrollment"]) =>
      bodyOf(await client.POST("/v1/enrollments", { body })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["offers"] });
      void queries.invalidateQueries({ queryKey: ["enrollments"] });
    },
  });
}
