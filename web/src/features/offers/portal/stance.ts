import type { Offer } from "../model";
import { isOpen } from "../model";

/** How a partner stands to an offer, and so what it may do next. */
export type Stance = "joined" | "waiting" | "paused" | "may_join" | "may_ask" | "may_ask_again" | "closed";

type Standing = Pick<Offer, "state" | "visibility" | "enrollment">;

export function stanceOf({ state, visibility, enrollment }: Standing): Stance {
  if (enrollment && isOpen(enrollment.state)) return "joined";
  if (enrollment?.state === "requested") return "waiting";
  if (enrollment?.state === "paused") return "paused";
  if (state !== "active") return "closed";
  if (visibility === "public") return "may_join";
  return enrollment ? "may_ask_again" : "may_ask";
}

/** Offers that the partner takes part in, or has asked for. */
export function isMine(offer: Standing): boolean {
  return ["joined", "waiting", "paused"].includes(stanceOf(offer));
}

export function mayJoin(offer: Standing): boolean {
  return ["may_join", "may_ask", "may_ask_again"].includes(stanceOf(offer));
}
