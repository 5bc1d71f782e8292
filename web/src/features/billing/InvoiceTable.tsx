import { IconFileInvoice } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { monthOptions } from "~/features/payouts/months";
import { type Column, DataTable } from "~/ui/DataTable";
import { todayIn } from "~/ui/dates";
import { FilterChips, type FilterSpec, type FilterValue } from "~/ui/FilterChips";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { When } from "~/ui/When";
import { INVOICE_STATES, type Invoice, type InvoiceFilter, type InvoiceState, useInvoices } from "./model";
import { usePeriodText } from "./usePeriodText";

interface Props {
  filter: InvoiceFilter;
  withAdvertiser?: boolean;
  toolbar?: ReactNode;
  onClearFilters?: () => void;
  action?: ReactNode;
}

/** Invoices and credit notes, newest first. */
export function InvoiceTable({ filter, withAdvertiser = false, toolbar, onClearFilters, action }: Props) {
  const { t } = useTranslation("billing");
  const list = useInvoices(filter);
  const columns = useInvoiceColumns(withAdvertiser);
  return (
    <DataTable
      caption={t("invoices.title")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/invoices/${row.id}`}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      filtered={onClearFilters && Object.values(filter).some((value) => value !== undefined)}
      onClearFilters={onClearFilters}
      toolbar={toolbar}
      empty={
        <EmptyState
          icon={<IconFileInvoice size={28} stroke={1.5} />}
          title={t("invoices.none")}
          text={withAdvertiser ? t("invoices.none_text") : t("invoices.none_of_one")}
          action={action}
        />
      }
      storageKey="invoices"
      copyName="invoices"
    />
  );
}

function useInvoiceColumns(withAdvertiser: boolean): Column<Invoice>[] {
  const { t } = useTranslation("billing");
  const word = useWords();
  const period = usePeriodText();
  const { date } = useFormat();
  return useMemo(() => {
    const called = (row: Invoice) => row.number ?? t("invoices.no_number");
    const name = (row: Invoice) => row.names[row.advertiser_id] ?? "";
    const advertiser = {
      id: "advertiser",
      header: t("column.advertiser"),
      cell: (row) => <span translate="no">{name(row)}</span>,
      value: name,
      width: 176,
      onCard: 2,
    } satisfies Column<Invoice>;
    const sum = (id: string, header: string, of: (row: Invoice) => Invoice["total"]) =>
      ({
        id,
        header,
        cell: (row) => <Money value={of(row)} />,
        value: (row) => majorUnits(of(row).minor, of(row).currency),
        align: "end",
        width: 128,
      }) satisfies Column<Invoice>;
    return [
      {
        id: "number",
        header: t("column.number"),
        cell: (row) => <span translate={row.number ? "no" : undefined}>{called(row)}</span>,
        value: called,
        width: 132,
        onCard: 1,
      },
      ...(withAdvertiser ? [advertiser] : []),
      {
        id: "kind",
        header: t("column.kind"),
        cell: (row) => word("invoice_kind", row.kind),
        value: (row) => word("invoice_kind", row.kind),
        width: 116,
      },
      { id: "period", header: t("column.period"), cell: period, value: period, width: 210 },
      { ...sum("total", t("column.total"), (row) => row.total), onCard: 3 },
      sum("open", t("column.open"), (row) => row.open),
      {
        id: "state",
        header: t("column.state"),
        cell: (row) => <StateChip of="invoice" state={row.state} />,
        value: (row) => word("invoice_state", row.state),
        width: 136,
        onCard: 3,
      },
      {
        id: "due",
        header: t("column.due"),
        cell: (row) => (row.due_on ? date(row.due_on) : "-"),
        value: (row) => row.due_on,
        width: 124,
      },
      {
        id: "created",
        header: t("column.created"),
        cell: (row) => <When value={row.created_at} as="date" />,
        value: (row) => row.created_at,
        width: 124,
      },
    ];
  }, [t, word, period, date, withAdvertiser]);
}

interface FiltersProps {
  filter: InvoiceFilter;
  onChange: (change: InvoiceFilter) => void;
}

export function InvoiceFilters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation("billing");
  const word = useWords();
  const format = useFormat();
  const { timezone } = usePeriod();
  const advertisers = useAdvertiserOptions();
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "advertiser_id",
      label: t("column.advertiser"),
      options: advertisers.options,
    },
    {
      kind: "one",
      id: "state",
      label: t("column.state"),
      options: INVOICE_STATES.map((code) => ({ value: code, label: word("invoice_state", code) })),
    },
    {
      kind: "one",
      id: "month",
      label: t("column.period"),
      options: monthOptions(todayIn(timezone), format, filter.month),
    },
  ];
  return (
    <FilterChips
      filters={specs}
      values={{ advertiser_id: filter.advertiser_id, state: filter.state, month: filter.month }}
      onChange={(values) =>
        onChange({
          advertiser_id: single(values.advertiser_id),
          state: single(values.state) as InvoiceState | undefined,
          month: single(values.month),
        })
      }
    />
  );
}

function single(value: FilterValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}
