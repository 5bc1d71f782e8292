/** Drafts of plans: made, changed, tried and switched on. */
import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";

export type Finding = Schemas["PlanFinding"];
export type Draft = Schemas["DraftOut"];
export type DraftBody = Schemas["DraftIn"];
export type TryCase = Omit<Schemas["TryIn"], "draft_id">;
export type Told = Schemas["SaleTryOut"]["earnings"];
export type Trial = Schemas["SaleTryOut"];

export function draftsQuery(offerId: string) {
  return queryOptions({
    queryKey: ["plan-drafts", "of", offerId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: offerId } };
      return bodyOf(await client.GET("/v1/offers/{id}/plan/drafts", { params, signal })).items;
    },
  });
}

export function draftQuery(id: string) {
  return queryOptions({
    queryKey: ["plan-drafts", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/plan-drafts/{id}", { params: { path: { id } }, signal })),
  });
}

export async function makeDraft(offerId: string, draft: DraftBody): Promise<Draft> {
  const params = { path: { id: offerId } };
  return bodyOf(await client.POST("/v1/offers/{id}/plan/drafts", { params, body: draft }));
}

export async function changeDraft(id: string, draft: DraftBody): Promise<Draft> {
  return bodyOf(await client.PUT("/v1/plan-drafts/{id}", { params: { path: { id } }, body: draft }));
}

export async function discardDraft(id: string): Promise<void> {
  await client.DELETE("/v1/plan-drafts/{id}", { params: { path: { id } } });
}

/** `simulation_id` names what was found of the draft as it stands; it stays with the record of the switch. */
export async function switchOn(
  id: string,
  validFrom: string | null,
  more: Pick<Schemas["SwitchOn"], "simulation_id" | "margin_words">,
): Promise<void> {
  const sent = { ...(validFrom && { valid_from: validFrom }), ...more };
  await client.POST("/v1/plan-drafts/{id}/switch-on", { params: { path: { id } }, body: sent });
}

export async function tryPlan(offerId: string, draftId: string | undefined, asked: TryCase): Promise<Trial> {
  const params = { path: { id: offerId } };
  return bodyOf(
    await client.POST("/v1/offers/{id}/plan/try", { params, body: { draft_id: draftId, ...asked } }),
  );
}
