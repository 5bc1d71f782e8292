import { Stack } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, Page, Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { useBumpRequests } from "./queries";
import { RateRequest } from "./RateRequest";

/** Rates that partners ask for: those to answer first. */
export default function RateRequestsPage() {
  const { t } = useTranslation("bump_requests");
  const list = useBumpRequests({});
  const open = list.rows.filter(({ state }) => state === "requested" || state === "countered");
  const done = list.rows.filter(({ state }) => state !== "requested" && state !== "countered");
  if (list.state === "error") return <ErrorState error={list.error} onRetry={list.retry} />;
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      {list.state === "loading" && list.rows.length === 0 && <SkeletonBlock height={160} />}
      {list.state === "ready" && list.rows.length === 0 && (
        <EmptyState icon={<IconTag size={32} />} title={t("none")} text={t("none_text")} />
      )}
      {open.length > 0 && (
        <Section title={t("open")}>
          <Stack gap="md">
            {open.map((request) => (
              <RateRequest key={request.id} request={request} />
            ))}
          </Stack>
        </Section>
      )}
      {done.length > 0 && (
        <Section title={t("done")}>
          <Stack gap="md">
            {done.map((request) => (
              <RateRequest key={request.id} request={request} />
            ))}
          </Stack>
        </Section>
      )}
    </Page>
  );
}
