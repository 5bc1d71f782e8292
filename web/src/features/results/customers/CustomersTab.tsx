import { IconUsers } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { bodyOf, named } from "~/features/offers/model";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec, type FilterValues } from "~/ui/FilterChips";
import { majorUnits } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { type CustomerDay, MONEY_FIGURES, type MoneyFigure } from "../model";
import { DayDrawer } from "./DayDrawer";

const PAGE = 200;
/** Figures that most brands tell; the others are shown when they are chosen. */
const USUAL: readonly MoneyFigure[] = ["deposits", "bets", "wins", "bonus"];

function readState(raw: PageSearch) {
  return {
    brand: textOf(raw, "brand"),
    customer: textOf(raw, "customer"),
    from: textOf(raw, "from"),
    to: textOf(raw, "to"),
    open: textOf(raw, "open"),
  };
}

/** What customers did, day by day: all of them, or one with its sums. */
export function CustomersTab() {
  const { t } = useTranslation("results");
  const [search, change] = usePageState(readState);
  const { brand: advertiser_id, customer, from, to } = search;
  const list = useList<CustomerDay>(
    ["customer-results", { advertiser_id, customer, from, to }],
    async (cursor, signal) => {
      const query = { advertiser_id, customer, from, to, cursor, limit: PAGE };
      return named(bodyOf(await client.GET("/v1/customer-results", { params: { query }, signal })));
    },
  );
  const columns = useDayColumns();
  const open = list.rows.find(({ id }) => id === search.open);
  return (
    <>
      <DataTable
        caption={t("tabs.customers")}
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onEndReached={list.loadMore}
        onRowOpen={(row) => change({ open: row.id }, { push: true })}
        openRowId={search.open}
        filtered={[advertiser_id, customer, from, to].some((value) => value !== undefined)}
        onClearFilters={() =>
          change({ brand: undefined, customer: undefined, from: undefined, to: undefined })
        }
        toolbar={<Filters search={search} onChange={change} />}
        totals={customer && !list.hasMore ? sumsOf(list.rows) : undefined}
        totalsLabel={t("in_all")}
        empty={
          <EmptyState
            icon={<IconUsers size={28} stroke={1.5} />}
            title={t("customers_none")}
            text={t("customers_none_text")}
          />
        }
        storageKey="customer-results"
        copyName="customer-results"
      />
      {open && <DayDrawer key={open.id} day={open} onClose={() => change({ open: undefined })} />}
    </>
  );
}

/** Sums of each figure, where all days are of one currency. */
function sumsOf(days: readonly CustomerDay[]) {
  const [first] = days;
  if (!first || days.some(({ currency }) => currency !== first.currency)) return undefined;
  const sum = (figure: MoneyFigure) => days.reduce((all, day) => all + (day.figures[figure] ?? 0), 0);
  return Object.fromEntries(
    MONEY_FIGURES.map((figure) => [
      figure,
      <Money key={figure} value={{ minor: sum(figure), currency: first.currency }} />,
    ]),
  );
}

function useDayColumns(): Column<CustomerDay>[] {
  const { t } = useTranslation("results");
  const word = useWords();
  return useMemo(() => {
    const figure = (id: MoneyFigure): Column<CustomerDay> => ({
      id,
      header: word("result_figure", id),
      align: "end",
      width: 120,
      hidden: !USUAL.includes(id),
      sortable: true,
      cell: ({ figures, currency }) => <Money value={{ minor: figures[id] ?? 0, currency }} />,
      value: ({ figures, currency }) => majorUnits(figures[id] ?? 0, currency),
    });
    return [
      {
        id: "customer",
        header: t("customer"),
        width: 180,
        sortable: true,
        cell: (row) => <span translate="no">{row.customer}</span>,
        value: (row) => row.customer,
        onCard: 1,
      },
      {
        id: "day",
        header: t("day"),
        width: 120,
        sortable: true,
        cell: (row) => row.day,
        value: (row) => row.day,
        onCard: 2,
      },
      {
        id: "brand",
        header: t("column.brand"),
        width: 170,
        cell: (row) => <span translate="no">{row.names[row.advertiser_id]}</span>,
        value: (row) => row.names[row.advertiser_id],
      },
      ...MONEY_FIGURES.map((id) => (id === "bets" ? { ...figure(id), onCard: 3 as const } : figure(id))),
      {
        id: "version",
        header: t("version"),
        hint: t("version_hint"),
        align: "end",
        width: 100,
        cell: (row) => row.version,
        value: (row) => row.version,
      },
    ];
  }, [t, word]);
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("results");
  const { options } = useAdvertiserOptions();
  const specs: FilterSpec[] = [
    { kind: "text", id: "customer", label: t("customer") },
    { kind: "one", id: "brand", label: t("column.brand"), options },
    { kind: "dates", id: "days", label: t("day") },
  ];
  const { customer, brand, from, to } = search;
  const days = from && to ? { from, to } : undefined;
  const put = (values: FilterValues) => {
    const chosen = values.days as { from: string; to: string } | undefined;
    const { customer, brand } = values as Record<string, string | undefined>;
    onChange({ customer, brand, from: chosen?.from, to: chosen?.to });
  };
  return <FilterChips filters={specs} values={{ customer, brand, days }} onChange={put} />;
}
