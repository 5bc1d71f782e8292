import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { usePeriod } from "~/domain/period";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { todayIn } from "~/ui/dates";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { majorUnits, NOTHING, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState, Page } from "~/ui/Page";
import { When } from "~/ui/When";
import { fetchPayouts, type PayoutFilter } from "./api";
import { PAYOUT_STATES, type Payout } from "./model";
import { isMonth, monthOptions } from "./months";

function readFilter(raw: PageSearch): PayoutFilter {
  const month = textOf(raw, "month");
  return {
    state: PAYOUT_STATES.find((state) => state === textOf(raw, "state")),
    month: isMonth(month) ? month : undefined,
  };
}

/** Every payout, whatever its batch: what became of it and when. */
export default function PayoutsPage() {
  const { t } = useTranslation("payouts");
  const [filter, change] = usePageState(readFilter);
  const list = useList(["payouts", "all", filter], (cursor, signal) => fetchPayouts(filter, cursor, signal));
  const columns = useColumns();
  return (
    <Page
      title={t("all.title")}
      subtitle={t("all.subtitle")}
      action={
        <Button component={Link} to="/payouts/batches" variant="default">
          {t("payday.batches")}
        </Button>
      }
    >
      <DataTable
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        caption={t("all.title")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        filtered={(filter.state ?? filter.month) !== undefined}
        onClearFilters={() => change({ state: undefined, month: undefined })}
        toolbar={<Filters filter={filter} onChange={change} />}
        empty={<EmptyState title={t("earnings.no_payouts")} text={t("batches.empty_text")} />}
        rowHref={(row) => `/payouts/batches/${row.batch_id}`}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        storageKey="all-payouts"
        copyName="payouts"
      />
    </Page>
  );
}

function useColumns(): Column<Payout>[] {
  const { t } = useTranslation("payouts");
  const word = useWords();
  return useMemo(
    () => [
      {
        id: "payee",
        header: t("column.payee"),
        width: 200,
        cell: (row) => <span translate="no">{row.payee_name}</span>,
        value: (row) => row.payee_name,
        onCard: 1,
      },
      {
        id: "amount",
        header: t("column.amount"),
        align: "end",
        width: 140,
        cell: (row) => <Money value={row.amount} />,
        value: (row) => majorUnits(row.amount.minor, row.amount.currency),
        onCard: 2,
      },
      {
        id: "state",
        header: t("column.result"),
        width: 140,
        cell: (row) => <StateChip of="payout" state={row.state} />,
        value: (row) => word("payout_state", row.state),
        onCard: 3,
      },
      {
        id: "told",
        header: t("column.told"),
        width: 240,
        cell: (row) => row.failure_reason ?? row.reference ?? row.provider_state ?? NOTHING,
        value: (row) => row.failure_reason ?? row.reference ?? row.provider_state,
      },
      {
        id: "account",
        header: t("column.account"),
        width: 110,
        cell: (row) => row.account_shown ?? NOTHING,
        value: (row) => row.account_shown,
      },
      {
        id: "made",
        header: t("column.made"),
        width: 130,
        cell: (row) => <When value={row.created_at} as="date" />,
        value: (row) => row.created_at,
      },
      {
        id: "settled",
        header: t("column.settled"),
        width: 130,
        cell: (row) => <When value={row.settled_at} as="date" />,
        value: (row) => row.settled_at,
      },
    ],
    [t, word],
  );
}

interface FiltersProps {
  filter: PayoutFilter;
  onChange: (filter: PayoutFilter) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const format = useFormat();
  const { timezone } = usePeriod();
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "state",
      label: t("column.result"),
      options: PAYOUT_STATES.map((state) => ({ value: state, label: word("payout_state", state) })),
    },
    {
      kind: "one",
      id: "month",
      label: t("filter.settled_in"),
      options: monthOptions(todayIn(timezone), format, filter.month),
    },
  ];
  return (
    <FilterChips
      filters={specs}
      values={{ ...filter }}
      onChange={(values) =>
        onChange({
          state: values.state as PayoutFilter["state"],
          month: values.month as string | undefined,
        })
      }
    />
  );
}
