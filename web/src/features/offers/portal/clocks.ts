import type { Offer } from "../model";

type Clocks = Pick<Offer, "conversion_start" | "validation_days" | "validation_expiry" | "hold_days">;

/** Days after a conversion by which it is payable whatever the advertiser does; nothing where that is open. */
export function payableAfterDays(offer: Clocks): number | undefined {
  if (offer.conversion_start === "approved") return offer.hold_days;
  const isApprovedByTime = offer.validation_expiry === "approve" && offer.validation_days > 0;
  return isApprovedByTime ? offer.validation_days + offer.hold_days : undefined;
}
