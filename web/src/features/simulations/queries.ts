import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { bodyOf } from "~/features/offers/model";

export type Simulation = Schemas["SimulationDetail"];
export type SimulationResult = Schemas["SimulationResult"];
export type Figures = Schemas["TriedFigures"];
export type Reprice = Schemas["RepriceOut"];

/** How often one that runs is asked how far it is. */
const LOOK_MS = 1_500;
const REPRICES = 50;

export function simulationQuery(id: string) {
  return queryOptions({
    queryKey: ["simulations", "one", id],
    queryFn: async ({ signal }) => {
      const path = { id };
      return bodyOf(await client.GET("/v1/simulations/{id}", { params: { path }, signal }));
    },
    refetchInterval: ({ state }) => (state.data?.state === "running" ? LOOK_MS : false),
  });
}

/** Reprices of an offer, newest first. */
export function repricesQuery(offerId: string) {
  return queryOptions({
    queryKey: ["reprices", offerId],
    queryFn: async ({ signal }) => {
      const query = { offer_id: offerId, limit: REPRICES };
      return bodyOf(await client.GET("/v1/reprices", { params: { query }, signal }));
    },
    refetchInterval: ({ state }) => {
      const runs = state.data?.items.some((one) => one.state === "running");
      return runs ? LOOK_MS : false;
    },
  });
}

export function useRepricesChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["reprices"] });
}
