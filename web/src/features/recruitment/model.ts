import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Recruit = Schemas["RecruitOut"];
export type RecruiterShare = Named<Schemas["RecruiterShareOut"]>;

const PAGE = 200;

/** A partner's own code where nobody else is named. */
export function codeQuery(partnerId?: string) {
  return queryOptions({
    queryKey: ["recruitment", "code", partnerId],
    queryFn: async ({ signal }) => {
      const query = { partner_id: partnerId };
      return bodyOf(await client.GET("/v1/recruiting-code", { params: { query }, signal })).code;
    },
  });
}

export function recruitsQuery(partnerId?: string) {
  return queryOptions({
    queryKey: ["recruitment", "recruits", partnerId],
    queryFn: async ({ signal }) => {
      const query = { partner_id: partnerId };
      return bodyOf(await client.GET("/v1/recruits", { params: { query }, signal })).items;
    },
  });
}

export function useShares(partnerId?: string) {
  return useList<RecruiterShare>(["recruitment", "shares", partnerId], async (cursor, signal) => {
    const query = { partner_id: partnerId, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/recruiter-shares", { params: { query }, signal })));
  });
}
