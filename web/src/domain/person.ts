import { queryOptions } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { client, type Schemas } from "~/api/client";

export type Me = Schemas["Me"];
export type Role = Schemas["Role"];
/** Which of the three workplaces a role opens. */
export type Workplace = "staff" | "partner" | "advertiser";

export function workplaceOf(role: Role): Workplace {
  if (role === "partner" || role === "advertiser") return role;
  return "staff";
}

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    const { data } = await client.GET("/v1/me", { signal });
    if (!data) throw new Error("the API answered without a body");
    return data;
  },
  staleTime: 5 * 60_000,
});

/** Present below the signed-in frame only. */
export const MeContext = createContext<Me | null>(null);

/** Who is signed in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe stands outside the signed-in frame");
  return me;
}

/** Whether the server lets the person do it, in its own words: `offers:write`. */
export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission);
}
