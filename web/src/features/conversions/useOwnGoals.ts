import { useQuery } from "@tanstack/react-query";
import { client } from "~/api/client";

const OFFERS_MAX = 200;

export interface OwnGoal {
  id: string;
  offer: string;
  goal: string;
  currency: string;
}

/** Goals of the advertiser's offers, whose names a call gives. */
export function useOwnGoals() {
  return useQuery({
    queryKey: ["offers", "own-goals"],
    queryFn: async ({ signal }): Promise<OwnGoal[]> => {
      const { data } = await client.GET("/v1/offers", { params: { query: { limit: OFFERS_MAX } }, signal });
      return (data?.items ?? []).flatMap((offer) =>
        offer.goals.map((goal) => ({
          id: goal.id,
          offer: offer.name,
          goal: goal.name,
          currency: offer.currency,
        })),
      );
    },
  });
}
