import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { planQuery } from "~/features/plans/queries";
import { ErrorState } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonBlock } from "~/ui/Skeletons";
import type { Names } from "../model";
import { offerQuery } from "../queries";
import { RatesForm } from "./RatesForm";

interface Props {
  offerId: string;
  partnerId: string;
  names: Names;
  onClose: () => void;
}

/** What one partner earns on one offer, where it differs from everybody else's. */
export function RatesDrawer({ offerId, partnerId, names, onClose }: Props) {
  const { t } = useTranslation("offers");
  const offer = useQuery(offerQuery(offerId));
  const plan = useQuery(planQuery(offerId));
  const failed = offer.error ?? plan.error;
  const title = t("enrollments.rates_title", {
    partner: names[partnerId] ?? "",
    offer: offer.data?.name ?? "",
  });
  if (!offer.data || !plan.data) {
    return (
      <SideDrawer opened onClose={onClose} size="lg" title={title}>
        {failed ? <ErrorState error={failed} /> : <SkeletonBlock height={240} />}
      </SideDrawer>
    );
  }
  return (
    <RatesForm
      offer={offer.data}
      earnings={plan.data.earnings}
      partnerId={partnerId}
      title={title}
      onClose={onClose}
    />
  );
}
