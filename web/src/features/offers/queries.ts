import { queryOptions, useQuery } from "@tanstack/react-query";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type EnrollmentState, isOpen, named, type OfferState, type Visibility } from "./model";

/** A page of the API at its largest, so that a list can be sorted as a whole. */
const WHOLE = 1000;

export interface OfferFilter {
  state?: OfferState;
  advertiser_id?: string;
  visibility?: Visibility;
  vertical?: string;
  q?: string;
}

export function useOffers(filter: OfferFilter = {}, enabled = true) {
  return useList(
    ["offers", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: WHOLE };
      return named(bodyOf(await client.GET("/v1/offers", { params: { query }, signal })));
    },
    enabled,
  );
}

export function offerQuery(id: string) {
  return queryOptions({
    queryKey: ["offers", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/offers/{id}", { params: { path: { id } }, signal })),
  });
}

export function useAdvertisers(enabled = true) {
  return useList(
    ["advertisers", "list"],
    async (cursor, signal) => {
      const query = { cursor, limit: WHOLE };
      return named(bodyOf(await client.GET("/v1/advertisers", { params: { query }, signal })));
    },
    enabled,
  );
}

export interface EnrollmentFilter {
  offer_id?: string;
  partner_id?: string;
  state?: EnrollmentState;
}

export function useEnrollments(filter: EnrollmentFilter, enabled = true) {
  return useList(
    ["enrollments", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: WHOLE };
      return named(bodyOf(await client.GET("/v1/enrollments", { params: { query }, signal })));
    },
    enabled,
  );
}

export interface EnrollmentCount {
  open: number;
  requested: number;
}

/** Partners per offer; `undefined` where there are more enrollments than one question answers. */
export function useEnrollmentCounts(): Map<string, EnrollmentCount> | undefined {
  const { data } = useQuery({
    queryKey: ["enrollments", "counts"],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/enrollments", { params: { query: { limit: WHOLE } }, signal })),
    staleTime: 60_000,
  });
  if (!data || data.next_cursor) return undefined;
  const counts = new Map<string, EnrollmentCount>();
  for (const { offer_id, state } of data.items) {
    const count = counts.get(offer_id) ?? { open: 0, requested: 0 };
    if (isOpen(state)) count.open += 1;
    if (state === "requested") count.requested += 1;
    counts.set(offer_id, count);
  }
  return counts;
}

const MANAGERS = ["owner", "manager"];
const STAFF = [...MANAGERS, "analyst", "finance"];

/** Staff who may be responsible for something. */
export function useManagers(enabled = true) {
  return usePeople(MANAGERS, enabled);
}

/** Everybody who works here. */
export function useStaff() {
  return usePeople(STAFF, true);
}

function usePeople(roles: string[], enabled: boolean) {
  const { data } = useQuery({
    queryKey: ["people", "staff"],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/people", { params: { query: { limit: WHOLE } }, signal })),
    enabled,
    staleTime: 5 * 60_000,
  });
  const people = (data?.items ?? []).filter(({ role }) => roles.includes(role));
  return people.map(({ user_id, name }) => ({ value: user_id, label: name }));
}
