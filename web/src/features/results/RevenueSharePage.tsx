import { Button, Group } from "@mantine/core";
import { IconCalendarCheck, IconPercentage, IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useAdvertiserOptions, usePartnerOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { EmptyState, Page } from "~/ui/Page";
import { CloseDrawer } from "./CloseDrawer";
import { MonthDrawer } from "./MonthDrawer";
import { type MonthFilter, useMonths } from "./model";
import { UploadDrawer } from "./UploadDrawer";
import { useMonthColumns } from "./useMonthColumns";

const FILTERS = ["partner_id", "advertiser_id", "month"] as const;

function readState(raw: PageSearch) {
  return {
    partner_id: textOf(raw, "partner_id"),
    advertiser_id: textOf(raw, "advertiser_id"),
    month: textOf(raw, "month"),
    /** What is open beside: a statement's id, `upload` or `close`. */
    open: textOf(raw, "open"),
  };
}

/** What partners earn from their customers, month by month and brand by brand. */
export default function RevenueSharePage() {
  const { t } = useTranslation("results");
  const [search, change] = usePageState(readState);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, search[name]])) as MonthFilter;
  const months = useMonths(filter);
  const columns = useMonthColumns(true);
  const maySend = useMay("customer_results:write");
  const mayClose = useMay("revenue_share:write");
  const open = months.rows.find(({ id }) => id === search.open);
  const none = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
  const close = () => change({ open: undefined });
  const acts = (
    <Group gap="xs">
      {maySend && (
        <Button
          variant="default"
          leftSection={<IconUpload size={16} aria-hidden />}
          onClick={() => change({ open: "upload" })}
        >
          {t("upload")}
        </Button>
      )}
      {mayClose && (
        <Button
          leftSection={<IconCalendarCheck size={16} aria-hidden />}
          onClick={() => change({ open: "close" })}
        >
          {t("close")}
        </Button>
      )}
    </Group>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={acts}>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={months.rows}
        rowId={(month) => month.id ?? ""}
        state={months.state}
        error={months.error}
        onRetry={months.retry}
        hasMore={months.hasMore}
        loadingMore={months.loadingMore}
        onEndReached={months.loadMore}
        onRowOpen={(month) => change({ open: month.id ?? undefined }, { push: true })}
        openRowId={search.open}
        filtered={FILTERS.some((name) => search[name] !== undefined)}
        onClearFilters={() => change(none)}
        toolbar={<Filters search={search} onChange={change} />}
        empty={
          <EmptyState
            icon={<IconPercentage size={28} stroke={1.5} />}
            title={t("none")}
            text={t("none_text")}
          />
        }
        storageKey="revenue-share"
        copyName="revenue-share"
      />
      {search.open === "upload" && maySend && <UploadDrawer onClose={close} />}
      {search.open === "close" && mayClose && <CloseDrawer onClose={close} />}
      {open && <MonthDrawer key={open.id} month={open} onClose={close} />}
    </Page>
  );
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("results");
  const partners = usePartnerOptions();
  const advertisers = useAdvertiserOptions();
  const specs: FilterSpec[] = [
    { kind: "text", id: "month", label: t("column.month") },
    {
      kind: "one",
      id: "partner_id",
      label: t("column.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
    { kind: "one", id: "advertiser_id", label: t("column.brand"), options: advertisers.options },
  ];
  const { month, partner_id, advertiser_id } = search;
  return (
    <FilterChips
      filters={specs}
      values={{ month, partner_id, advertiser_id }}
      onChange={(values) =>
        onChange(Object.fromEntries(FILTERS.map((name) => [name, values[name] as string | undefined])))
      }
    />
  );
}
