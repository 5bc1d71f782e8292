import { Anchor, Group, Stack } from "@mantine/core";
import { IconArrowLeft, IconFileDownload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, Page } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { AskForExport } from "./AskForExport";
import { ExportRow } from "./ExportRow";
import { useExports } from "./query";

/** Raw rows as files: ask, watch the progress, download. */
export default function ExportsPage() {
  const { t } = useTranslation("exports");
  return (
    <Page
      title={t("title")}
      subtitle={
        <Group gap="md">
          <Anchor component={Link} to="/reports" fz="sm">
            <Group gap={4}>
              <IconArrowLeft size={14} aria-hidden />
              {t("back")}
            </Group>
          </Anchor>
          {t("subtitle")}
        </Group>
      }
    >
      <AskForExport />
      <Files />
    </Page>
  );
}

function Files() {
  const { t } = useTranslation("exports");
  const { data, error, refetch } = useExports();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={4} />;
  if (data.items.length === 0) {
    return (
      <EmptyState
        icon={<IconFileDownload size={28} stroke={1.5} />}
        title={t("none")}
        text={t("none_text")}
      />
    );
  }
  return (
    <Stack gap="sm">
      {data.items.map((one) => (
        <ExportRow key={one.id} one={one} />
      ))}
    </Stack>
  );
}
