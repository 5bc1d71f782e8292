import type { Schemas } from "~/api/client";
import type { Rung, Snippet } from "./queries";

/** Where lines go, in the order in which people choose. */
export const GROUPS = ["server", "pages", "manager", "platforms"] as const;
export type Group = (typeof GROUPS)[number];

const PLACES: Record<Snippet["kind"], Group> = {
  server: "server",
  verdict: "server",
  signed: "server",
  tag_page: "pages",
  tag_sale: "pages",
  pixel: "pages",
  tag_manager_page: "manager",
  tag_manager_sale: "manager",
  dialect: "platforms",
};

export function groupOf(snippet: Snippet): Group {
  return PLACES[snippet.kind];
}

const RUNGS: readonly Rung[] = ["click_id", "token", "ip_list", "api_key", "signature"];

type Asked = Pick<Schemas["Integration"], "min_trust" | "accepts_pixel">;

/** Whether a line carries the proof that is asked for. A token counts as a listed address, which only the list can tell. */
export function believes(asked: Asked, snippet: Snippet): boolean {
  const height = RUNGS.indexOf(asked.min_trust);
  switch (groupOf(snippet)) {
    case "pages":
    case "manager":
      return asked.accepts_pixel || asked.min_trust === "click_id";
    case "platforms":
      // Awin's form has no place for a token.
      if (snippet.dialect === "awin") return asked.min_trust === "click_id";
      return height <= RUNGS.indexOf("ip_list");
    case "server":
      return snippet.kind === "signed" || height <= RUNGS.indexOf("ip_list");
  }
}
