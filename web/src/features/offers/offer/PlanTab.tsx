import { useQuery } from "@tanstack/react-query";
import { PlanEditor } from "~/features/plans/PlanEditor";
import { planQuery } from "~/features/plans/queries";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import type { Offer } from "../model";

/** What the offer's conversions earn and are charged. */
export function PlanTab({ offer }: { offer: Offer }) {
  const { data, error, refetch } = useQuery(planQuery(offer.id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonBlock height={240} />;
  return <PlanEditor offer={offer} plans={data} />;
}
