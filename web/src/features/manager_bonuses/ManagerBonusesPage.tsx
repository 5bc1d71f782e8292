import { Button, Code, Group, Stack } from "@mantine/core";
import { IconCalendarCheck, IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState, Page, Section } from "~/ui/Page";
import { BonusPlanDrawer } from "./BonusPlanDrawer";
import { CloseBonusesDrawer } from "./CloseBonusesDrawer";
import { type BonusPlan, type Statement, useBonusPlans, useStatements } from "./model";

function readState(raw: PageSearch) {
  /** What is open beside: `plan` or `close`. */
  return { form: textOf(raw, "form") };
}

/** What managers get for the partners they are responsible for, month by month. */
export default function ManagerBonusesPage() {
  const { t } = useTranslation("manager_bonuses");
  const [search, change] = usePageState(readState);
  const mayPlan = useMay("manager_bonuses:write");
  const mayClose = useMay("manager_bonuses:close");
  const close = () => change({ form: undefined });
  const acts = (
    <Group gap="xs">
      {mayPlan && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => change({ form: "plan" })}
        >
          {t("plan")}
        </Button>
      )}
      {mayClose && (
        <Button
          leftSection={<IconCalendarCheck size={16} aria-hidden />}
          onClick={() => change({ form: "close" })}
        >
          {t("close")}
        </Button>
      )}
    </Group>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={acts}>
      <Stack gap="xl">
        <Statements />
        <Section title={t("plans")}>
          <Plans />
        </Section>
      </Stack>
      {mayPlan && search.form === "plan" && <BonusPlanDrawer onClose={close} />}
      {mayClose && search.form === "close" && <CloseBonusesDrawer onClose={close} />}
    </Page>
  );
}

function Statements() {
  const { t } = useTranslation("manager_bonuses");
  const list = useStatements();
  const columns = useStatementColumns();
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      empty={<EmptyState title={t("none")} text={t("none_text")} />}
      storageKey="manager-bonuses"
      copyName="manager-bonuses"
    />
  );
}

function useStatementColumns(): Column<Statement>[] {
  const { t } = useTranslation("manager_bonuses");
  const { date, number } = useFormat();
  return useMemo(() => {
    const money = (of: (row: Statement) => Statement["amount"]) => ({
      cell: (row: Statement) => <Money value={of(row)} />,
      value: (row: Statement) => majorUnits(of(row).minor, of(row).currency),
      align: "end" as const,
      width: 140,
    });
    const month = (row: Statement) => date(`${row.month}-01`, { month: "long", year: "numeric" });
    const name = (row: Statement) => row.names[row.manager_id] ?? row.manager_id;
    return [
      {
        id: "month",
        header: t("field.month"),
        cell: month,
        value: (row) => row.month,
        width: 150,
        onCard: 2,
      },
      {
        id: "manager",
        header: t("field.manager"),
        cell: (row) => <span translate="no">{name(row)}</span>,
        value: name,
        width: 170,
        onCard: 1,
      },
      { id: "amount", header: t("field.amount"), ...money((row) => row.amount), onCard: 3 },
      {
        id: "formula",
        header: t("field.formula"),
        cell: (row) => <Code translate="no">{row.formula}</Code>,
        value: (row) => row.formula,
        width: 280,
      },
      {
        id: "conversions",
        header: t("field.conversions"),
        cell: (row) => number(row.conversions),
        value: (row) => row.conversions,
        align: "end",
        width: 120,
      },
      { id: "earnings", header: t("field.earnings"), ...money((row) => row.earnings) },
      { id: "revenue", header: t("field.revenue"), ...money((row) => row.revenue) },
      { id: "collected", header: t("field.collected"), ...money((row) => row.collected) },
      {
        id: "without_rate",
        header: t("field.without_rate"),
        hint: t("without_rate_help"),
        cell: (row) => <span translate="no">{row.without_rate.join(", ") || "-"}</span>,
        value: (row) => row.without_rate.join(", "),
        width: 120,
      },
    ];
  }, [t, date, number]);
}

function Plans() {
  const { t } = useTranslation("manager_bonuses");
  const { date } = useFormat();
  const list = useBonusPlans();
  const columns = useMemo((): Column<BonusPlan>[] => {
    const month = (row: BonusPlan) => date(`${row.from_month}-01`, { month: "long", year: "numeric" });
    const name = (row: BonusPlan) => row.names[row.manager_id] ?? row.manager_id;
    return [
      {
        id: "manager",
        header: t("field.manager"),
        cell: (row) => <span translate="no">{name(row)}</span>,
        value: name,
        width: 170,
        onCard: 1,
      },
      {
        id: "from_month",
        header: t("field.from_month"),
        cell: month,
        value: (row) => row.from_month,
        width: 150,
        onCard: 2,
      },
      {
        id: "formula",
        header: t("field.formula"),
        cell: (row) => <Code translate="no">{row.formula}</Code>,
        value: (row) => row.formula,
        width: 300,
        onCard: 3,
      },
    ];
  }, [t, date]);
  return (
    <DataTable
      caption={t("plans")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      empty={<EmptyState title={t("no_plans")} text={t("no_plans_text")} />}
      storageKey="manager-bonus-plans"
      copyName="manager-bonus-plans"
    />
  );
}
