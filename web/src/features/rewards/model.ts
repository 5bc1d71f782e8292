import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";
import { readDecimal } from "~/features/plans/effect";
import { useFormat } from "~/ui/format";

export type RewardUnit = Schemas["RewardUnitOut"];
export type RewardKind = Schemas["RewardKind"];
export type RewardBalance = Named<Schemas["RewardBalanceOut"]>;
export type RewardEntry = Named<Schemas["RewardEntryOut"]>;
export type RewardRedemption = Named<Schemas["RewardRedemptionOut"]>;
export type RedemptionState = Schemas["RedemptionState"];

export const REWARD_KINDS = ["points", "credit"] as const satisfies readonly RewardKind[];
export const REDEMPTION_STATES = [
  "asked",
  "fulfilled",
  "declined",
] as const satisfies readonly RedemptionState[];

const PAGE = 200;

/** Whose rewards, and in which unit. */
export interface RewardFilter {
  partner_id?: string;
  unit?: string;
}

export const rewardUnitsQuery = queryOptions({
  queryKey: ["rewards", "units"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/reward-units", { signal })).items,
});

export function useRewardBalances(filter: RewardFilter) {
  return useList<RewardBalance>(["rewards", "balances", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/reward-balances", { params: { query }, signal })));
  });
}

export function useRewardEntries(filter: RewardFilter) {
  return useList<RewardEntry>(["rewards", "entries", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/reward-entries", { params: { query }, signal })));
  });
}

export function useRedemptions(filter: RewardFilter & { state?: RedemptionState }) {
  return useList<RewardRedemption>(["rewards", "redemptions", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/reward-redemptions", { params: { query }, signal })));
  });
}

/** After a change: balances, entries and what is redeemed. */
export function useRewardsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["rewards"] });
}

/** "120.83 CREDIT": the smallest parts of a unit in whole units, with the decimals it has. */
export function useRewardAmount(): (minor: number, unit: string) => string {
  const { number } = useFormat();
  const { data } = useQuery(rewardUnitsQuery);
  return useCallback(
    (minor, unit) => {
      const digits = data?.find(({ code }) => code === unit)?.decimals ?? 0;
      const shown = number(minor / 10 ** digits, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
      return `${shown}\u00a0${unit}`;
    },
    [number, data],
  );
}

/** A typed number of units in the unit's smallest part; nothing while it cannot be read. */
export function minorOf(text: string, decimals: number): number | undefined {
  const trimmed = text.trim();
  const isBelow = trimmed.startsWith("-");
  const decimal = readDecimal(isBelow ? trimmed.slice(1) : trimmed);
  const places = decimals - (decimal?.scale ?? 0);
  if (!decimal || places < 0) return undefined;
  const minor = Number(decimal.digits * 10n ** BigInt(places));
  return isBelow ? -minor : minor;
}
