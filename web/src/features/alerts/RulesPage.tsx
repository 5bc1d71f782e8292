import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMetrics } from "~/domain/metrics";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { Page } from "~/ui/Page";
import { StatusChip } from "~/ui/StatusChip";
import { type AlertRule, alertRulesQuery } from "./model";
import { RuleDrawer } from "./RuleDrawer";
import { useAlertText } from "./useAlertText";
import { useTestText } from "./useTestText";

function readState(raw: PageSearch) {
  /** A rule's id, or `new`. */
  return { open: textOf(raw, "open") };
}

/** When somebody is told: the rules that come with the program, and one's own. */
export default function RulesPage() {
  const { t } = useTranslation("alerts");
  const [search, change] = usePageState(readState);
  const { data, error, refetch, isPending } = useQuery(alertRulesQuery);
  const mayEdit = useMay("alert_rules:write");
  const columns = useColumns();
  const open = data?.items.find(({ id }) => id === search.open);
  const close = () => change({ open: undefined });
  return (
    <Page
      title={t("rules.title")}
      subtitle={
        <Group gap="md">
          <Anchor component={Link} to="/alerts" fz="sm">
            <Group gap={4}>
              <IconArrowLeft size={14} aria-hidden />
              {t("title")}
            </Group>
          </Anchor>
          {t("rules.subtitle")}
        </Group>
      }
      action={mayEdit && <Button onClick={() => change({ open: "new" })}>{t("rules.new")}</Button>}
    >
      <DataTable
        caption={t("rules.title")}
        columns={columns}
        rows={data?.items ?? []}
        rowId={(row) => row.id}
        onRowOpen={mayEdit ? (row) => change({ open: row.id }, { push: true }) : undefined}
        openRowId={search.open}
        state={error ? "error" : isPending ? "loading" : "ready"}
        error={error}
        onRetry={() => void refetch()}
        storageKey="alert-rules"
        copyName="alert-rules"
      />
      {mayEdit && (open || search.open === "new") && (
        <RuleDrawer key={search.open} rule={open} onClose={close} />
      )}
    </Page>
  );
}

function useColumns(): Column<AlertRule>[] {
  const { t } = useTranslation("alerts");
  const text = useAlertText();
  const tested = useTestText();
  const metrics = useMetrics();
  const word = useWords();
  return useMemo(() => {
    const name = (row: AlertRule) => text.ruleName(row);
    const when = (row: AlertRule) =>
      row.watch ? `${metrics.name(row.watch.metric)} ${tested(row.watch)}` : t("rules.state");
    const each = (row: AlertRule) =>
      row.watch?.each ? word("dimension", row.watch.each) : row.watch ? t("whole") : "-";
    return [
      { id: "name", header: t("column.rule"), cell: name, value: name, width: 280, onCard: 1 },
      { id: "when", header: t("column.when"), cell: when, value: when, width: 420, onCard: 2 },
      { id: "each", header: t("column.each"), cell: each, value: each, width: 150, onCard: 3 },
      {
        id: "state",
        header: t("column.state"),
        cell: (row) =>
          row.problem ? (
            <Text span c="var(--ui-down)" fz="inherit" title={row.problem}>
              {t("rules.problem")}
            </Text>
          ) : (
            <StatusChip
              tone={row.is_on ? "good" : "neutral"}
              label={row.is_on ? t("rules.on") : t("rules.off")}
            />
          ),
        value: (row) => (row.is_on ? t("rules.on") : t("rules.off")),
        width: 130,
        onCard: 3,
      },
    ];
  }, [t, text, tested, metrics, word]);
}
