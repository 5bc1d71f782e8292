import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { usePeriod } from "~/domain/period";
import { useWords } from "~/domain/words";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { todayIn } from "~/ui/dates";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState, Page } from "~/ui/Page";
import { type BatchFilter, fetchBatches } from "./api";
import { BatchStateCell } from "./BatchStateCell";
import { BATCH_STATES, type Batch } from "./model";
import { isMonth, monthOptions } from "./months";

const YES_NO = ["true", "false"] as const;

function yesNo(raw: PageSearch, name: string): boolean | undefined {
  const said = YES_NO.find((each) => each === textOf(raw, name));
  return said && said === "true";
}

function readFilter(raw: PageSearch): BatchFilter {
  const month = textOf(raw, "month");
  return {
    state: BATCH_STATES.find((state) => state === textOf(raw, "state")),
    month: isMonth(month) ? month : undefined,
    in_transit: yesNo(raw, "in_transit"),
    has_trouble: yesNo(raw, "has_trouble"),
  };
}

const NO_FILTER: BatchFilter = {
  state: undefined,
  month: undefined,
  in_transit: undefined,
  has_trouble: undefined,
};

/** Batches made so far, the newest first. */
export default function BatchesPage() {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const format = useFormat();
  const [filter, change] = usePageState(readFilter);
  const list = useList(["batches", "list", filter], (cursor, signal) => fetchBatches(filter, cursor, signal));
  const toPayday = (
    <Button component={Link} to="/payouts" variant="default">
      {t("batches.to_payday")}
    </Button>
  );
  const columns = useMemo(
    (): Column<Batch>[] => [
      {
        id: "made",
        header: t("column.made"),
        width: 190,
        cell: (row) => format.dateTime(row.created_at),
        value: (row) => row.created_at,
        onCard: 1,
      },
      {
        id: "state",
        header: t("column.result"),
        width: 150,
        cell: (row) => <BatchStateCell batch={row} />,
        onCard: 2,
      },
      {
        id: "method",
        header: t("column.method"),
        cell: (row) => word("payout_method", row.method),
        value: (row) => word("payout_method", row.method),
      },
      {
        id: "partners",
        header: t("column.partners"),
        align: "end",
        cell: (row) => format.number(row.payout_count),
        value: (row) => row.payout_count,
      },
      {
        id: "total",
        header: t("column.total"),
        align: "end",
        cell: (row) => <Money value={row.total} />,
        value: (row) => majorUnits(row.total.minor, row.total.currency),
        onCard: 3,
      },
      {
        id: "currency",
        header: t("column.currency"),
        width: 96,
        hidden: true,
        cell: (row) => row.total.currency,
        value: (row) => row.total.currency,
      },
    ],
    [t, word, format],
  );
  return (
    <Page title={t("batches.title")} subtitle={t("batches.subtitle")} action={toPayday}>
      <DataTable
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        caption={t("batches.title")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        filtered={Object.values(filter).some((value) => value !== undefined)}
        onClearFilters={() => change(NO_FILTER)}
        toolbar={<Filters filter={filter} onChange={change} />}
        empty={<EmptyState title={t("batches.empty")} text={t("batches.empty_text")} action={toPayday} />}
        rowHref={(row) => `/payouts/batches/${row.id}`}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        storageKey="batches"
        copyName="batches"
      />
    </Page>
  );
}

interface FiltersProps {
  filter: BatchFilter;
  onChange: (filter: BatchFilter) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const format = useFormat();
  const { timezone } = usePeriod();
  const either = YES_NO.map((value) => ({
    value,
    label: value === "true" ? t("filter.yes") : t("filter.no"),
  }));
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "state",
      label: t("column.standing"),
      options: BATCH_STATES.map((state) => ({ value: state, label: word("batch_state", state) })),
    },
    {
      kind: "one",
      id: "month",
      label: t("filter.made_in"),
      options: monthOptions(todayIn(timezone), format, filter.month),
    },
    { kind: "one", id: "in_transit", label: t("filter.in_transit"), options: either },
    { kind: "one", id: "has_trouble", label: t("filter.has_trouble"), options: either },
  ];
  const { in_transit, has_trouble } = filter;
  const said = (value: unknown) => (value === undefined ? undefined : value === "true");
  return (
    <FilterChips
      filters={specs}
      values={{ ...filter, in_transit: in_transit?.toString(), has_trouble: has_trouble?.toString() }}
      onChange={(values) =>
        onChange({
          state: values.state as BatchFilter["state"],
          month: values.month as string | undefined,
          in_transit: said(values.in_transit),
          has_trouble: said(values.has_trouble),
        })
      }
    />
  );
}
