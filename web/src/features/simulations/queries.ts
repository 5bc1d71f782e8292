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
const SIMULATIONS = 50;

/** Tries a draft, or where there is none the plan in force, on some local days. */
export async function simulate(
  offerId: string,
  draftId: string | undefined,
  window: Schemas["TriedWindow"],
): Promise<Simulation> {
  if (draftId) {
    const params = { path: { id: draftId } };
    return bodyOf(await client.POST("/v1/plan-drafts/{id}/simulate", { params, body: window }));
  }
  const params = { path: { id: offerId } };
  return bodyOf(await client.POST("/v1/offers/{id}/plan/simulate", { params, body: window }));
}

/** Simulations of an offer, newest first. */
export function simulationsQuery(offerId: string) {
  return queryOptions({
    queryKey: ["simulations", "of", offerId],
    queryFn: async ({ signal }) => {
      const query = { offer_id: offerId, limit: SIMULATIONS };
      return bodyOf(await client.GET("/v1/simulations", { params: { query }, signal })).items;
    },
  });
}

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
