import { StateChip } from "~/domain/StatusChip";
import type { Offer } from "../model";

/** The offer's state where it does not run, else how the partner stands to it. */
export function Standing({ offer }: { offer: Offer }) {
  if (offer.state !== "active") return <StateChip of="offer" state={offer.state} />;
  return offer.enrollment ? <StateChip of="enrollment" state={offer.enrollment.state} /> : null;
}
