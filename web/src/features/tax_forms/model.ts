import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import type { Page } from "~/api/paging";
import { bodyOf, named } from "~/features/offers/model";
import { savePaper } from "~/features/papers/save";

export type Form = Schemas["TaxFormOut"];
export type FormKind = Schemas["TaxFormKind"];
export type FormState = Schemas["TaxFormState"];
export type KindTerms = Schemas["TaxFormKindOut"];
export type NamedForm = Form & { names: Readonly<Record<string, string>> };

export const FORM_STATES = ["submitted", "accepted", "rejected"] as const satisfies readonly FormState[];

export const kindsQuery = queryOptions({
  queryKey: ["tax-forms", "kinds"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/tax-form-kinds", { signal })).items,
  staleTime: 5 * 60_000,
});

export interface FormFilter {
  partner_id?: string | undefined;
  state?: FormState | undefined;
}

export async function fetchForms(
  filter: FormFilter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<NamedForm>> {
  const params = { query: { ...filter, cursor } };
  return named(bodyOf(await client.GET("/v1/tax-forms", { params, signal })));
}

export interface NewForm {
  kind: FormKind;
  valid_until: string;
  file: File;
}

/** Sends a form as it lies on the disk. */
export async function submitForm(partnerId: string, { kind, valid_until, file }: NewForm): Promise<Form> {
  const answer = await client.POST("/v1/partners/{id}/tax-forms", {
    params: {
      path: { id: partnerId },
      query: { kind, valid_until: valid_until || undefined, name: file.name },
    },
    body: file as unknown as string,
    bodySerializer: (content) => content as unknown as BodyInit,
    headers: { "Content-Type": "application/pdf" },
  });
  return bodyOf(answer);
}

export async function reviewForm(id: string, accept: boolean, reason: string): Promise<void> {
  const body = { accept, reason: reason || null };
  await client.POST("/v1/tax-forms/{id}/review", { params: { path: { id } }, body });
}

export async function saveForm(id: string): Promise<void> {
  const params = { path: { id } };
  const answer = await client.GET("/v1/tax-forms/{id}/file", { params, parseAs: "blob" });
  savePaper({ data: answer.data as Blob | undefined, response: answer.response });
}

/** What is on file decides who is paid. */
export function useFormsChanged(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["tax-forms", "payout-requirements", "owed", "balance"].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}
