import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { Problem } from "~/api/problem";
import { bodyOf, type Named, named } from "~/features/offers/model";
import type { Mapping } from "./mapping";

export type Reconciliation = Named<Schemas["ReconciliationOut"]>;
export type ReconciliationState = Schemas["ReconciliationState"];
export type Line = Named<Schemas["LineOut"]>;
export type LineGroup = Named<Schemas["LineGroup"]>;
export type LineClass = Schemas["LineClass"];
export type LineCause = Schemas["LineCause"];
export type LineDecision = Schemas["LineDecision"];
export type Decision = Schemas["DecideLines"];
export type Decided = Schemas["LinesDecided"];
export type Act = Schemas["Act"];

export const CLASSES = [
  "only_ours",
  "only_theirs",
  "status_differs",
  "amount_differs",
  "count_differs",
  "matched",
] as const satisfies readonly LineClass[];
export const DECISIONS = [
  "take_theirs",
  "make_conversion",
  "keep_ours",
  "next_period",
] as const satisfies readonly LineDecision[];
export const STATES = ["comparing", "open", "closed"] as const satisfies readonly ReconciliationState[];

const PAGE = 200;
const LOOK_EVERY_MS = 1_000;

export interface ReconciliationFilter {
  advertiser_id?: string;
  state?: ReconciliationState;
  /** Periods that have a day of it. */
  month?: string;
  undecided?: boolean;
}

export function useReconciliations(filter: ReconciliationFilter) {
  return useList<Reconciliation>(["reconciliations", "list", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/reconciliations", { params: { query }, signal })));
  });
}

/** One reconciliation, looked at again and again while it is compared. */
export function reconciliationQuery(id: string) {
  return queryOptions({
    queryKey: ["reconciliations", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/reconciliations/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === "comparing" ? LOOK_EVERY_MS : false),
  });
}

export function groupsQuery(id: string, undecided = false) {
  return queryOptions({
    queryKey: ["reconciliations", "groups", id, undecided],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: undecided ? { undecided } : {} };
      const page = bodyOf(await client.GET("/v1/reconciliations/{id}/groups", { params, signal }));
      return named<Schemas["LineGroup"]>(page).items;
    },
  });
}

/** Which lines: a class, and what of it. */
export interface LineFilter {
  class?: LineClass;
  cause?: LineCause;
  offer_id?: string;
  decision?: LineDecision;
  undecided?: boolean;
}

export function useLines(id: string, filter: LineFilter) {
  return useList<Line>(["reconciliations", "lines", id, filter], async (cursor, signal) => {
    const params = { path: { id }, query: { ...filter, cursor, limit: PAGE } };
    return named(bodyOf(await client.GET("/v1/reconciliations/{id}/lines", { params, signal })));
  });
}

/** What was agreed with an advertiser; nothing where nothing was. */
export function mappingQuery(advertiserId: string | null) {
  return queryOptions({
    queryKey: ["reconciliations", "mapping", advertiserId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: advertiserId ?? "" } };
      try {
        return bodyOf(await client.GET("/v1/advertisers/{id}/figures-mapping", { params, signal }));
      } catch (thrown) {
        if (Problem.of(thrown).status === 404) return null;
        throw thrown;
      }
    },
    enabled: advertiserId !== null,
  });
}

export async function agree(advertiserId: string, mapping: Mapping): Promise<Mapping> {
  const params = { path: { id: advertiserId } };
  return bodyOf(await client.PUT("/v1/advertisers/{id}/figures-mapping", { params, body: mapping }));
}

export interface Begun {
  advertiser_id: string;
  first_day: string;
  last_day: string;
}

/** Sends an advertiser's file of a period. */
export async function begin(query: Begun, file: File) {
  const answer = await client.POST("/v1/reconciliations", {
    params: { query: { ...query, name: file.name } },
    body: file as unknown as string,
    bodySerializer: (content) => content as unknown as BodyInit,
    headers: { "Content-Type": "application/octet-stream" },
  });
  return bodyOf(answer);
}

export async function decide(id: string, body: Decision): Promise<Decided> {
  return bodyOf(await client.POST("/v1/reconciliations/{id}/decisions", { params: { path: { id } }, body }));
}

/** After a change; conversions and what is owed may have moved with it. */
export function useReconciliationChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["reconciliations"] });
    for (const touched of ["conversions", "billing"])
      await queries.invalidateQueries({ queryKey: [touched], refetchType: "none" });
  };
}

/** Lines that nobody has decided; what matches needs no decision. */
export function undecidedOf(groups: readonly LineGroup[] | undefined): number {
  const open = groups?.filter((group) => group.class !== "matched" && group.decision == null) ?? [];
  return open.reduce((sum, group) => sum + group.lines, 0);
}

/** Groups of one class, those to decide first. */
export function groupsOf(groups: readonly LineGroup[], of: LineClass): LineGroup[] {
  const own = groups.filter((group) => group.class === of);
  return own.sort((one, other) => Number(one.decision != null) - Number(other.decision != null));
}

/** Sums of groups by currency, in their order. */
export function sumsOf(groups: readonly LineGroup[], side: "ours" | "theirs"): Schemas["Money"][] {
  const sums = new Map<string, number>();
  for (const group of groups) {
    const amount = group[side];
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.minor);
  }
  return [...sums]
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Decisions that can fit a group; the server has the last word. */
export function decisionsFor(group: LineGroup, kind: Schemas["FiguresKind"]): LineDecision[] {
  if (kind === "totals") return ["keep_ours"];
  const ofOurs = DECISIONS.filter((decision) => decision !== "make_conversion");
  if (group.class !== "only_theirs") return ofOurs;
  if (["foreign_id", "not_received"].includes(group.cause ?? "")) return ["make_conversion", "keep_ours"];
  return group.cause === "duplicate" ? ["keep_ours"] : ofOurs;
}
