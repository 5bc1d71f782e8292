import { useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";

export type Person = Schemas["PersonOut"] & { actsFor?: string };
export type Invitation = Schemas["InvitationOut"] & { actsFor?: string; inviter?: string };

const PEOPLE_KEY = ["people"];
const INVITATIONS_KEY = ["invitations"];

type Labels = Record<string, string> | undefined;

/** The partner or advertiser somebody acts for, by name. */
function actsFor(
  row: { partner_id?: string | null; advertiser_id?: string | null },
  labels: Labels,
): string | undefined {
  const id = row.partner_id ?? row.advertiser_id;
  return id ? (labels?.[id] ?? id) : undefined;
}

export function usePeople(enabled = true) {
  return useList<Person>(
    PEOPLE_KEY,
    async (cursor, signal) => {
      const { data } = await client.GET("/v1/people", { params: { query: { cursor, limit: 200 } }, signal });
      const items = data?.items.map((row) => ({ ...row, actsFor: actsFor(row, data.labels) })) ?? [];
      return { items, next_cursor: data?.next_cursor };
    },
    enabled,
  );
}

export function useInvitations() {
  return useList<Invitation>(INVITATIONS_KEY, async (cursor, signal) => {
    const { data } = await client.GET("/v1/invitations", {
      params: { query: { cursor, limit: 100 } },
      signal,
    });
    const named = data?.items.map((row) => ({
      ...row,
      actsFor: actsFor(row, data.labels),
      inviter: row.invited_by ? data.labels?.[row.invited_by] : undefined,
    }));
    return { items: named ?? [], next_cursor: data?.next_cursor };
  });
}

/** Reads both lists anew after a change. */
export function usePeopleChanged(): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: PEOPLE_KEY });
    void queries.invalidateQueries({ queryKey: INVITATIONS_KEY });
  };
}
