import { Paper, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { advertiserQuery } from "~/features/advertisers/queries";
import { FailedLoad } from "~/frame/FailedLoad";
import { Page } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { Keys } from "./Keys";
import { LiveCheck } from "./LiveCheck";
import { ReadyLines } from "./ReadyLines";
import { SaidLately } from "./SaidLately";
import { TrustLadder } from "./TrustLadder";

/** How one advertiser is connected: what to paste, whether it arrives, how it is believed. */
export default function AdvertiserConnectionPage() {
  const { t } = useTranslation("doctor");
  const { advertiserId = "" } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(advertiserQuery(advertiserId));
  if (error && !data)
    return <FailedLoad title={t("page.back")} error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <Page title={t("page.title", { name: data.name })} subtitle={t("page.subtitle")}>
      <Connection advertiserId={data.id} />
    </Page>
  );
}

/** The parts of a connection, for those who manage it and for the advertiser itself. */
export function Connection({ advertiserId }: { advertiserId: string }) {
  const mayConnect = useMay("advertiser_token:write");
  return (
    <Stack gap="lg">
      {mayConnect && (
        <Paper withBorder p="lg">
          <ReadyLines advertiserId={advertiserId} />
        </Paper>
      )}
      <Paper withBorder p="lg">
        <LiveCheck advertiserId={advertiserId} />
      </Paper>
      <Paper withBorder p="lg">
        <SaidLately advertiserId={advertiserId} />
      </Paper>
      <Paper withBorder p="lg">
        <TrustLadder advertiserId={advertiserId} />
      </Paper>
      {mayConnect && (
        <Paper withBorder p="lg">
          <Keys advertiserId={advertiserId} />
        </Paper>
      )}
    </Stack>
  );
}
