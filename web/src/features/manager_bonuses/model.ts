import { useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Statement = Named<Schemas["ManagerBonusOut"]>;
export type BonusPlan = Named<Schemas["ManagerBonusPlanOut"]>;
export type BonusBase = Schemas["BonusBase"];
export type BonusBasis = Schemas["BonusBasis"];

export const BONUS_BASES = [
  "month",
  "conversions",
  "earnings",
  "revenue",
  "profit",
] as const satisfies readonly BonusBase[];
export const BONUS_BASES_OF_A_SUM: readonly BonusBase[] = ["month", "conversions"];
export const BONUS_BASES_COLLECTED: readonly BonusBase[] = ["revenue", "profit"];
export const BONUS_BASIS = ["booked", "collected"] as const satisfies readonly BonusBasis[];

const PAGE = 200;

export function useStatements() {
  return useList<Statement>(["manager-bonuses", "statements"], async (cursor, signal) =>
    named(
      bodyOf(await client.GET("/v1/manager-bonuses", { params: { query: { cursor, limit: PAGE } }, signal })),
    ),
  );
}

export function useBonusPlans() {
  return useList<BonusPlan>(["manager-bonuses", "plans"], async (cursor, signal) =>
    named(
      bodyOf(
        await client.GET("/v1/manager-bonus-plans", { params: { query: { cursor, limit: PAGE } }, signal }),
      ),
    ),
  );
}

/** After a change: plans and statements, and the reports that count them. */
export function useBonusesChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["manager-bonuses"] });
    await queries.invalidateQueries({ queryKey: ["report"] });
  };
}
