import { ActionIcon, Anchor, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { When } from "~/ui/When";
import { type Export, percentOf, useDeleteExport } from "./query";

const MEGABYTE = 1_000_000;
const LAST_MOMENT_MS = 1;

/** One file: what is in it, how far it is, and the way to it. */
export function ExportRow({ one }: { one: Export }) {
  const { t } = useTranslation("exports");
  const word = useWords();
  const { dayRange, number, timezone } = useFormat();
  const remove = useDeleteExport();
  const dayOf = (millis: number) => new Date(millis).toLocaleDateString("en-CA", { timeZone: timezone });
  const days = dayRange(dayOf(Date.parse(one.from)), dayOf(Date.parse(one.to) - LAST_MOMENT_MS));
  const title = `${word("export_subject", one.subject)}, ${word("export_format", one.format)}`;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={2} miw={0} flex={1}>
          <Text fw={600}>{title}</Text>
          <Text fz="sm" c="dimmed">
            {days} · <When value={one.created_at} as="ago" />
          </Text>
          <Outcome one={one} title={title} />
          {one.state === "done" && (
            <Anchor href={`/v1/exports/${one.id}/file`} download fz="sm" mt={4}>
              <Group gap={4} wrap="nowrap">
                <IconDownload size={16} aria-hidden />
                {t("download", { megabytes: number(one.bytes / MEGABYTE, { maximumFractionDigits: 1 }) })}
              </Group>
            </Anchor>
          )}
        </Stack>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("delete", { title })}
          loading={remove.isPending}
          onClick={() => remove.mutate(one.id)}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </Paper>
  );
}

function Outcome({ one, title }: { one: Export; title: string }) {
  const { t } = useTranslation("exports");
  const word = useWords();
  const { number } = useFormat();
  if (one.state === "failed") {
    return (
      <Text fz="sm" c="red">
        {word("export_failure", one.failure ?? "fault")}
      </Text>
    );
  }
  if (one.state === "done") {
    return (
      <Text fz="sm" c="dimmed">
        {t("rows", { count: one.rows_done, number: number(one.rows_done) })} · {t("kept_until")}{" "}
        <When value={one.expires_at} as="date" />
      </Text>
    );
  }
  const percent = percentOf(one);
  return (
    <Stack gap={4} mt={4}>
      <Progress value={percent} aria-label={t("progress", { title })} animated={percent > 0} />
      <Text fz="sm" c="dimmed" aria-live="polite">
        {t("rows_of", { done: number(one.rows_done), total: number(one.rows_total), percent })}
      </Text>
    </Stack>
  );
}
