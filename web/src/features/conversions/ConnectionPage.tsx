import { Paper, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { Connection } from "~/features/doctor/AdvertiserConnectionPage";
import { EmptyState, Page, Section } from "~/ui/Page";
import { ConnectionHealth } from "./ConnectionHealth";
import { ConnectionSteps } from "./ConnectionSteps";
import { LastCalls } from "./LastCalls";

/** How an advertiser tells us of its sales, and whether what it sends arrives. */
export default function ConnectionPage() {
  const { t } = useTranslation("conversions");
  const advertiser = useMe().advertiser_id;
  if (!advertiser)
    return (
      <Page title={t("connection.title")}>
        <EmptyState title={t("connection.no_advertiser")} />
      </Page>
    );
  return (
    <Page title={t("connection.title")} subtitle={t("connection.subtitle")}>
      <Stack gap="xl">
        <ConnectionHealth />
        <Paper withBorder radius="md" p={{ base: "md", sm: "lg" }}>
          <ConnectionSteps advertiserId={advertiser} />
        </Paper>
        <Connection advertiserId={advertiser} />
        <Section title={t("calls.title")} hint={t("calls.hint")}>
          <LastCalls />
        </Section>
      </Stack>
    </Page>
  );
}
