import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";

export type Export = Schemas["ExportOut"];
export type NewExport = Schemas["NewExport"];

export const SUBJECTS = ["clicks", "conversions", "receipts"] as const satisfies Export["subject"][];
export const FORMATS = ["csv", "parquet"] as const satisfies Export["format"][];

const KEY = ["exports"];
/** While a file is being written. */
const LOOK_AGAIN_MS = 1_000;

/** One's own exports, newest first; looked at again while one is being written. */
export function useExports() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/exports", { params: { query: { limit: 50 } }, signal });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
    refetchInterval: (query) =>
      query.state.data?.items.some((one) => one.state === "running") ? LOOK_AGAIN_MS : false,
  });
}

export function useAskForExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExport) => client.POST("/v1/exports", { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDeleteExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => client.DELETE("/v1/exports/{id}", { params: { path: { id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Of a hundred, how far it is. */
export function percentOf({ rows_done, rows_total }: Pick<Export, "rows_done" | "rows_total">): number {
  return rows_total > 0 ? Math.min(100, Math.floor((100 * rows_done) / rows_total)) : 0;
}
