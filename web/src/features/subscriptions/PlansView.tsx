import { Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { EmptyState, Section } from "~/ui/Page";
import { type Plan, remindersQuery, usePlans } from "./model";
import { PlanDrawer } from "./PlanDrawer";
import { RemindersDrawer } from "./RemindersDrawer";

/** Plans that advertisers subscribe to, and when what is overdue is reminded of. */
export function PlansView() {
  const { t } = useTranslation("subscriptions");
  const mayEdit = useMay("billing:write");
  const plans = usePlans({});
  const columns = useColumns();
  const [opened, setOpened] = useState<Plan | "new">();
  const close = () => setOpened(undefined);
  const add = <Button onClick={() => setOpened("new")}>{t("plan.new")}</Button>;
  return (
    <Stack gap="xl">
      <Section title={t("plan.title")} hint={t("plan.hint")} action={mayEdit && add}>
        <DataTable
          caption={t("plan.title")}
          columns={columns}
          rows={plans.rows}
          rowId={(row) => row.id}
          state={plans.state}
          error={plans.error}
          onRetry={plans.retry}
          hasMore={plans.hasMore}
          loadingMore={plans.loadingMore}
          onEndReached={plans.loadMore}
          onRowOpen={mayEdit ? setOpened : undefined}
          empty={<EmptyState title={t("plan.none")} text={t("plan.none_text")} />}
          storageKey="subscription-plans"
          copyName="subscription-plans"
        />
      </Section>
      <RemindersSection />
      {opened && (
        <PlanDrawer
          key={opened === "new" ? opened : opened.id}
          plan={opened === "new" ? undefined : opened}
          onClose={close}
        />
      )}
    </Stack>
  );
}

function RemindersSection() {
  const { t } = useTranslation("subscriptions");
  const { number } = useFormat();
  const mayEdit = useMay("billing:write");
  const [isEditing, setIsEditing] = useState(false);
  const { data } = useQuery(remindersQuery);
  if (!data) return null;
  const days = data.reminder_days.map((day) => number(day)).join(", ");
  return (
    <Section
      title={t("reminders.title")}
      hint={t("reminders.said", { days, pause: number(data.pause_days) })}
      action={
        mayEdit && (
          <Group>
            <Button variant="default" onClick={() => setIsEditing(true)}>
              {t("reminders.change")}
            </Button>
          </Group>
        )
      }
    >
      {isEditing && <RemindersDrawer known={data} onClose={() => setIsEditing(false)} />}
    </Section>
  );
}

function useColumns(): Column<Plan>[] {
  const { t } = useTranslation("subscriptions");
  const word = useWords();
  const { money, number } = useFormat();
  return useMemo(
    (): Column<Plan>[] => [
      {
        id: "name",
        header: t("plan.name"),
        width: 200,
        cell: (row) => <span translate="no">{row.name}</span>,
        value: (row) => row.name,
        onCard: 1,
      },
      {
        id: "price",
        header: t("plan.price"),
        align: "end",
        width: 130,
        cell: (row) => money(row.price),
        value: (row) => majorUnits(row.price.minor, row.price.currency),
        onCard: 2,
      },
      {
        id: "period",
        header: t("plan.period"),
        width: 130,
        cell: (row) => word("plan_period", row.period),
        value: (row) => word("plan_period", row.period),
      },
      {
        id: "trial_days",
        header: t("plan.trial_days"),
        align: "end",
        width: 130,
        cell: (row) => number(row.trial_days),
        value: (row) => row.trial_days,
      },
      {
        id: "running",
        header: t("plan.running"),
        align: "end",
        width: 130,
        cell: (row) => number(row.running),
        value: (row) => row.running,
      },
      {
        id: "state",
        header: t("plan.state"),
        width: 150,
        cell: (row) => (row.is_archived ? t("plan.archived") : t("plan.open")),
        value: (row) => (row.is_archived ? t("plan.archived") : t("plan.open")),
        onCard: 3,
      },
    ],
    [t, word, money, number],
  );
}
