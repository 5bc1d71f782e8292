import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";
import type { Filter } from "~/features/reports/report/question";
import { ALERTS_PAGE, queryOf, type Shown } from "./queries";

export type Alert = Named<Schemas["AlertOut"]>;
export type AlertRule = Schemas["AlertRuleOut"];
export type Watch = Schemas["AlertWatch"];
export type Test = Schemas["AlertTest"];
export type TestKind = Test["kind"];
export type BuiltIn = Schemas["BuiltInAlert"];
export type WantedRule = Schemas["WantedRule"];
export type Trial = Schemas["AlertTrial"];
export type Handling = Schemas["AlertHandling"];

export const TEST_KINDS = [
  "above",
  "below",
  "rises",
  "falls",
  "unusual",
] as const satisfies readonly TestKind[];

export function useAlerts(shown: Shown) {
  return useList<Alert>(["alerts", "list", shown], async (cursor, signal) => {
    const query = { ...queryOf(shown), cursor, limit: ALERTS_PAGE };
    return named(bodyOf(await client.GET("/v1/alerts", { params: { query }, signal })));
  });
}

export const alertRulesQuery = queryOptions({
  queryKey: ["alerts", "rules"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/alert-rules", { signal })),
});

export function useAlertsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["alerts"] });
}

/** Takes an alert on, puts it off or resolves it. */
export function useHandle(id: string, onDone?: () => void) {
  const changed = useAlertsChanged();
  return useMutation({
    mutationFn: async (body: Handling) =>
      bodyOf(await client.POST("/v1/alerts/{id}/handle", { params: { path: { id } }, body })),
    onSuccess: async () => {
      await changed();
      onDone?.();
    },
  });
}

export async function saveRule(id: string | undefined, body: WantedRule): Promise<AlertRule> {
  if (!id) return bodyOf(await client.POST("/v1/alert-rules", { body }));
  return bodyOf(await client.PUT("/v1/alert-rules/{id}", { params: { path: { id } }, body }));
}

export async function tryRule(body: Watch): Promise<Trial> {
  return bodyOf(await client.POST("/v1/alert-rules/try", { body }));
}

/** A rule's filters as the reports' pages know them. */
export function filtersOf(watch: Pick<Watch, "filters">): Filter[] {
  return (watch.filters ?? []).map(({ field, values }) => ({
    field,
    values: [values].flat().map((value: unknown) => String(value ?? "")),
  }));
}
