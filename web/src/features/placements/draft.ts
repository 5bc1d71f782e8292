import { currencyDigits, majorUnits } from "~/ui/format-money";
import type { Placement, PlacementKind } from "./model";

/** What stands in the form; amounts as they are typed. */
export interface Draft {
  partner: string | null;
  offer: string | null;
  kind: PlacementKind;
  title: string;
  day: string;
  fee: number | string;
  currency: string;
  sample: string;
  sampleCost: number | string;
  terms: string;
}

export function draftOf(placement: Placement | undefined, partnerId: string | undefined, own: string): Draft {
  const { fee, sample_cost } = placement ?? {};
  return {
    partner: placement?.partner_id ?? partnerId ?? null,
    offer: placement?.offer_id ?? null,
    kind: placement?.kind ?? "post",
    title: placement?.title ?? "",
    day: placement?.day ?? "",
    fee: fee ? majorUnits(fee.minor, fee.currency) : "",
    currency: (fee ?? sample_cost)?.currency ?? own,
    sample: placement?.sample ?? "",
    sampleCost: sample_cost ? majorUnits(sample_cost.minor, sample_cost.currency) : "",
    terms: placement?.terms ?? "",
  };
}

/** Fee and sample as the API takes them: an empty one is none. */
export function payOf(draft: Draft) {
  const { currency } = draft;
  const money = (typed: number | string) =>
    Number(typed) > 0
      ? { minor: Math.round(Number(typed) * 10 ** currencyDigits(currency)), currency }
      : null;
  const sample = draft.sample.trim() || null;
  return { fee: money(draft.fee), sample, sample_cost: sample ? money(draft.sampleCost) : null };
}

export function isReady(draft: Draft): boolean {
  const { fee, sample, sample_cost } = payOf(draft);
  const isPaid = sample ? sample_cost !== null : fee !== null;
  return (
    draft.partner !== null && draft.offer !== null && draft.title.trim() !== "" && draft.day !== "" && isPaid
  );
}
