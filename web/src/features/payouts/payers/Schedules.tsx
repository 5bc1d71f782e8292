import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { Problem } from "~/api/problem";
import { refusalText } from "~/domain/refusals";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { ScheduleDrawer } from "./ScheduleDrawer";
import { useRhythmText } from "./useRhythmText";

type Schedule = Schemas["ScheduleOut"];

export const schedulesQuery = queryOptions({
  queryKey: ["payout-schedules"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/payout-schedules", { signal })).items,
});

/** When partners are paid by themselves. */
export function Schedules() {
  const { t } = useTranslation("payers");
  const [editing, setEditing] = useState<Schedule | "new">();
  const { data, error, refetch } = useQuery(schedulesQuery);
  return (
    <section>
      <Group justify="space-between" mt="xl" mb="xs">
        <Title order={2} size="h4">
          {t("schedule.title")}
        </Title>
        <Button variant="default" onClick={() => setEditing("new")}>
          {t("schedule.new")}
        </Button>
      </Group>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonBlock height={120} />}
      {data?.length === 0 && <Text c="dimmed">{t("schedule.none")}</Text>}
      <Stack gap="sm">
        {data?.map((schedule) => (
          <ScheduleCard key={schedule.id} schedule={schedule} onChange={() => setEditing(schedule)} />
        ))}
      </Stack>
      {editing && (
        <ScheduleDrawer
          known={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

function ScheduleCard({ schedule, onChange }: { schedule: Schedule; onChange: () => void }) {
  const { t } = useTranslation("payers");
  const { date } = useFormat();
  const rhythm = useRhythmText();
  const queries = useQueryClient();
  const [isRemoving, setIsRemoving] = useState(false);
  const remove = async () => {
    await client.DELETE("/v1/payout-schedules/{id}", { params: { path: { id: schedule.id } } });
    await queries.invalidateQueries({ queryKey: schedulesQuery.queryKey });
    notifyDone(t("schedule.removed"));
  };
  return (
    <Card withBorder>
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={600}>{schedule.group ?? t("schedule.everybody")}</Text>
          <Text size="sm">{rhythm(schedule.rhythm, schedule.day)}</Text>
          <Text size="sm" c="dimmed">
            {schedule.is_paused ? t("schedule.paused") : t("schedule.next", { day: date(schedule.next_on) })}
            {". "}
            {schedule.is_automatic ? t("schedule.automatic") : t("schedule.asked")}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" size="xs" mih={32} onClick={onChange}>
            {t("change")}
          </Button>
          <Button variant="default" size="xs" mih={32} onClick={() => setIsRemoving(true)}>
            {t("schedule.remove")}
          </Button>
        </Group>
      </Group>
      <LastRun schedule={schedule} />
      <ConfirmDialog
        opened={isRemoving}
        onClose={() => setIsRemoving(false)}
        title={t("schedule.remove_title")}
        confirmLabel={t("schedule.remove")}
        danger
        onConfirm={remove}
      >
        {t("schedule.remove_text")}
      </ConfirmDialog>
    </Card>
  );
}

/** What the last run made, and what it could not. */
function LastRun({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const { dateTime, number } = useFormat();
  if (!schedule.last_run_at) return null;
  return (
    <Stack gap={2} mt="sm">
      <Text size="sm" fw={500}>
        {t("schedule.last", { when: dateTime(schedule.last_run_at) })}
      </Text>
      {schedule.last_run.length === 0 && <Text size="sm">{t("schedule.nothing")}</Text>}
      {schedule.last_run.map((line, index) => (
        <Text size="sm" key={line.batch_id ?? index}>
          {word("payout_method", line.method)}, {line.currency}:{" "}
          {line.batch_id ? (
            <Link to="/payouts/batches/$batchId" params={{ batchId: line.batch_id }}>
              {t("schedule.batch")}
            </Link>
          ) : (
            refusalText(new Problem(409, line.refused ?? "", ""))
          )}
          {line.left_out > 0 &&
            `, ${t("schedule.left_out", { count: line.left_out, shown: number(line.left_out) })}`}
        </Text>
      ))}
    </Stack>
  );
}
