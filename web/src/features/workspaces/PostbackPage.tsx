import { Grid, Paper, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { useMay } from "~/domain/person";
import { Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { LastReceipts } from "./postback/LastReceipts";
import { Parameters } from "./postback/Parameters";
import { Token } from "./postback/Token";
import { UrlBuilder } from "./postback/UrlBuilder";
import { SettingsFrame } from "./SettingsFrame";

/** How an advertiser's system reports conversions: the token, the address, and the last calls to watch while trying. */
export default function PostbackPage() {
  const { t } = useTranslation("workspaces");
  const mayWatch = useMay("conversions:read");
  const postback = api.useQuery(
    "get",
    "/v1/workspace/postback-token",
    {},
    { staleTime: Number.POSITIVE_INFINITY },
  );
  return (
    <SettingsFrame page="postback" subtitle={t("postback.subtitle")}>
      {postback.isError && (
        <ErrorState
          title={t("settings.failed")}
          error={postback.error}
          onRetry={() => void postback.refetch()}
        />
      )}
      {postback.isPending && <SkeletonBlock height={360} />}
      {postback.data && (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <Stack gap="lg">
              <Paper withBorder p="lg">
                <Section title={t("postback.token")} hint={t("postback.token_hint")}>
                  <Token token={postback.data.token} />
                </Section>
              </Paper>
              <Paper withBorder p="lg">
                <Section title={t("postback.address")} hint={t("postback.address_hint")}>
                  <UrlBuilder token={postback.data.token} sample={postback.data.postback_url} />
                </Section>
              </Paper>
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 6 }}>
            <Stack gap="lg">
              {mayWatch && (
                <Paper withBorder p="lg">
                  <LastReceipts />
                </Paper>
              )}
              <Paper withBorder p="lg">
                <Section title={t("postback.parameters")} hint={t("postback.parameters_hint")}>
                  <Parameters />
                </Section>
              </Paper>
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </SettingsFrame>
  );
}
