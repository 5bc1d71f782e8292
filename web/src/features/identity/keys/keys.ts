import { useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";

export type ApiKey = Schemas["ApiKeyOut"];
const KEYS_KEY = ["api-keys"];

export function useKeys() {
  return useList<ApiKey>(KEYS_KEY, async (cursor, signal) => {
    const { data } = await client.GET("/v1/api-keys", { params: { query: { cursor, limit: 100 } }, signal });
    return { items: data?.items ?? [], next_cursor: data?.next_cursor };
  });
}

export function useKeysChanged(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: KEYS_KEY });
}

export type KeyState = "live" | "revoked" | "expired";

export function keyState(key: Pick<ApiKey, "revoked_at" | "expires_at">, now: number): KeyState {
  if (key.revoked_at) return "revoked";
  return key.expires_at && Date.parse(key.expires_at) <= now ? "expired" : "live";
}

/** All that the role may; replaying must be named by itself. */
export const EVERY_SCOPE = "*";

/** Scopes of one noun (`offers:read`, `offers:write`) side by side, in the server's order. */
export function scopesByNoun(scopes: readonly string[]): { noun: string; scopes: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const scope of scopes) {
    const noun = scope.split(":", 1)[0] ?? scope;
    groups.set(noun, [...(groups.get(noun) ?? []), scope]);
  }
  return [...groups].map(([noun, own]) => ({ noun, scopes: own }));
}

const DAY_MS = 86_400_000;

/** How long a key lives: for ever, or so many days. */
export type Life = "forever" | "30" | "90" | "365";

export function expiryOf(life: Life, now: number): string | null {
  return life === "forever" ? null : new Date(now + Number(life) * DAY_MS).toISOString();
}
