import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { ErrorState } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonLines } from "~/ui/Skeletons";
import { advertiserQuery } from "../queries";
import { AdvertiserForm } from "./AdvertiserForm";
import { PostbackToken } from "./PostbackToken";
import { StateSwitch } from "./StateSwitch";

interface Props {
  advertiserId: string | undefined;
  isNew: boolean;
  onClose: () => void;
  onMade: (id: string) => void;
}

/** One advertiser beside the list, or one to be. */
export function AdvertiserDrawer({ advertiserId, isNew, onClose, onMade }: Props) {
  const { t } = useTranslation("advertisers");
  const mayEdit = useMay("advertisers:write");
  const mayReadBills = useMay("billing:read");
  const maySeeToken = useMay("advertiser_token:write");
  const { data, error, refetch } = useQuery({
    ...advertiserQuery(advertiserId ?? ""),
    enabled: advertiserId !== undefined,
  });
  const advertiser = data?.id === advertiserId ? data : undefined;
  return (
    <SideDrawer
      opened={isNew || advertiserId !== undefined}
      onClose={onClose}
      size="lg"
      title={isNew ? t("form.new_title") : (advertiser?.name ?? t("list.advertiser"))}
    >
      {isNew && <AdvertiserForm advertiser={null} onSaved={(made) => onMade(made.id)} />}
      {!isNew && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!isNew && !error && !advertiser && <SkeletonLines lines={8} />}
      {!isNew && advertiser && (
        <>
          <StateSwitch advertiser={advertiser} disabled={!mayEdit} />
          <Anchor component={Link} to={`/advertisers/${advertiser.id}`} display="block" mb="md">
            {t("form.connection")}
          </Anchor>
          {mayReadBills && (
            <Anchor component={Link} to={`/billing/${advertiser.id}`} display="block" mb="md">
              {t("form.bills")}
            </Anchor>
          )}
          {maySeeToken && <PostbackToken key={advertiser.id} advertiser={advertiser} />}
          <AdvertiserForm key={`form ${advertiser.id}`} advertiser={advertiser} disabled={!mayEdit} />
        </>
      )}
    </SideDrawer>
  );
}
