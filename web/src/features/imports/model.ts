import { useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";

export type Import = Schemas["ImportOut"];
export type ImportFile = Schemas["ImportFileOut"];
export type ImportKind = Schemas["ImportKind"];
export type ImportField = Schemas["ImportFieldOut"];
export type Mapping = Schemas["Mapping"];
export type Tally = Schemas["Tally"];
export type Finding = Schemas["FindingOut"];

export const PLATFORMS = [
  "tune",
  "everflow",
  "affise",
  "keitaro",
  "other",
] as const satisfies readonly Schemas["ImportPlatform"][];

/** In the order in which files are imported. */
export const KINDS = [
  "offers",
  "partners",
  "links",
  "clicks",
  "customers",
  "conversions",
  "balances",
] as const satisfies readonly ImportKind[];

/** How often a page looks while the server reads files. */
const LOOK_EVERY_MS = 1000;

export const isAtWork = (state: Import["state"]) => ["checking", "running", "undoing"].includes(state);
export const isOpen = (state: Import["state"]) => ["collecting", "checked"].includes(state);

const importKey = (id: string) => ["imports", id];

export function useImports() {
  return useList<Import>(["imports", "list"], async (cursor, signal) => {
    const { data } = await client.GET("/v1/imports", { params: { query: { cursor } }, signal });
    return data ?? { items: [] };
  });
}

/** One import, looked at again and again while it is at work. */
export function useImport(id: string) {
  return useQuery({
    queryKey: importKey(id),
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/imports/{id}", { params: { path: { id } }, signal });
      if (!data) throw new Error("an answer without a body");
      return data;
    },
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data.state) ? LOOK_EVERY_MS : false),
  });
}

export function useImportsChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["imports"] });
}

export function useFields(kind: ImportKind) {
  const fields = useQuery({
    queryKey: ["import-fields"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/imports/fields", { signal });
      return data?.items ?? [];
    },
  });
  return fields.data?.filter((field) => field.kind === kind) ?? [];
}

/** Streams a file to the server. */
export async function upload(id: string, kind: ImportKind, file: File): Promise<void> {
  await client.PUT("/v1/imports/{id}/files/{kind}", {
    params: { path: { id, kind }, query: { name: file.name } },
    body: file as unknown as string,
    bodySerializer: (content) => content as unknown as BodyInit,
    headers: { "Content-Type": "text/csv" },
  });
}

/** Rows of a mapping's words, as a form has them. */
export interface WordRow {
  theirs: string;
  ours: string;
}

export function wordRows(mapping: Mapping, field: string): WordRow[] {
  return Object.entries(mapping.words?.[field] ?? {}).map(([theirs, ours]) => ({ theirs, ours }));
}

/** The mapping without what is empty. */
export function tidy(mapping: Mapping): Mapping {
  const filled = (values: Record<string, string> | undefined) =>
    Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value.trim() !== ""));
  const words = Object.entries(mapping.words ?? {}).map(([field, known]) => [field, filled(known)] as const);
  return {
    columns: filled(mapping.columns),
    constants: filled(mapping.constants),
    words: Object.fromEntries(words.filter(([, known]) => Object.keys(known).length > 0)),
  };
}
