/** Drafts of plans: made, changed, tried and switched on. */
import { queryOptions } from "@tanstack/react-query";
import { client } from "~/api/client";
import type { SentRule } from "../card/rows";
import type { PlanSide, Rule } from "../shapes";

export interface Finding {
  kind: string;
  side: PlanSide;
  rule_ids: string[];
  message: string;
}

export interface Draft {
  id: string;
  offer_id: string;
  earnings: Rule[];
  revenue: Rule[];
  text: string;
  findings: Finding[];
  created_by: string | null;
  created_at: string;
  updated_at: string;
}

export type DraftBody = Record<PlanSide, SentRule[]> | { text: string };

export interface TryCase {
  partner_id: string;
  goal_id?: string;
  amount_minor: number;
  country?: string;
  device?: string;
  traffic_type?: string;
  coupon?: string;
  customer?: "new" | "returning";
  nth_order?: number;
}

export interface Told {
  minor: number;
  rule_id: string | null;
  rule_name: string | null;
  words: string;
  lost: { rule_id: string; name: string | null; because: string }[];
  not_applying: { rule_id: string; name: string | null; condition: string }[];
}

export interface Trial {
  currency: string;
  earnings: Told;
  revenue: Told;
}

type Loose = Record<
  "GET" | "POST" | "PUT" | "DELETE",
  (path: string, init: object) => Promise<{ data?: unknown }>
>;
const doors = client as unknown as Loose;

function body<Body>({ data }: { data?: unknown }): Body {
  if (data === undefined) throw new Error("the API answered without a body");
  return data as Body;
}

export function draftsQuery(offerId: string) {
  return queryOptions({
    queryKey: ["plan-drafts", "of", offerId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: offerId } };
      return body<{ items: Draft[] }>(await doors.GET("/v1/offers/{id}/plan/drafts", { params, signal }))
        .items;
    },
  });
}

export function draftQuery(id: string) {
  return queryOptions({
    queryKey: ["plan-drafts", "one", id],
    queryFn: async ({ signal }) =>
      body<Draft>(await doors.GET("/v1/plan-drafts/{id}", { params: { path: { id } }, signal })),
  });
}

export async function makeDraft(offerId: string, draft: DraftBody): Promise<Draft> {
  const params = { path: { id: offerId } };
  return body(await doors.POST("/v1/offers/{id}/plan/drafts", { params, body: draft }));
}

export async function changeDraft(id: string, draft: DraftBody): Promise<Draft> {
  return body(await doors.PUT("/v1/plan-drafts/{id}", { params: { path: { id } }, body: draft }));
}

export async function discardDraft(id: string): Promise<void> {
  await doors.DELETE("/v1/plan-drafts/{id}", { params: { path: { id } } });
}

export async function switchOn(id: string, validFrom: string | null): Promise<void> {
  const sent = validFrom ? { valid_from: validFrom } : {};
  await doors.POST("/v1/plan-drafts/{id}/switch-on", { params: { path: { id } }, body: sent });
}

export async function tryPlan(offerId: string, draftId: string | undefined, asked: TryCase): Promise<Trial> {
  const params = { path: { id: offerId } };
  return body(
    await doors.POST("/v1/offers/{id}/plan/try", { params, body: { draft_id: draftId, ...asked } }),
  );
}
