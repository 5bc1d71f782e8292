import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client } from "~/api/client";

/** Where an advertiser's calls go, and the token they carry; none before it was made. */
export interface Connection {
  door: string;
  origin: string;
  token: string | undefined;
}

export function useConnection(advertiserId: string) {
  const path = { id: advertiserId };
  return useQuery({
    queryKey: ["advertisers", "connection", advertiserId],
    queryFn: async ({ signal }): Promise<Connection> => {
      const { data } = await client.GET("/v1/advertisers/{id}/postback-token", { params: { path }, signal });
      if (!data) throw new Error("the API answered without a body");
      const address = new URL(data.postback_url);
      return {
        door: `${address.origin}${address.pathname}`,
        origin: address.origin,
        token: data.token ?? undefined,
      };
    },
  });
}

/** Makes a token, or a new one in the place of the old. */
export function useRenewToken(advertiserId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      client.POST("/v1/advertisers/{id}/postback-token", { params: { path: { id: advertiserId } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["advertisers", "connection", advertiserId] }),
  });
}
