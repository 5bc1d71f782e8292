import { Button, Group } from "@mantine/core";
import { IconCalendarCheck, IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useAdvertiserOptions, usePartnerOptions } from "~/features/conversions/options";
import { PageTabs } from "~/features/offers/PageTabs";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { Page } from "~/ui/Page";
import { CloseDrawer } from "./CloseDrawer";
import { CustomersTab } from "./customers/CustomersTab";
import { DealsTab } from "./deals/DealsTab";
import { MonthsTable } from "./MonthsTable";
import { type MonthFilter, useMonths } from "./model";
import { UploadDrawer } from "./UploadDrawer";

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

/** What partners earn from their customers: closed months, what is agreed, and what the customers did. */
export default function RevenueSharePage() {
  const { t } = useTranslation("results");
  const [search, change] = usePageState(readState);
  const maySend = useMay("customer_results:write");
  const mayAgree = useMay("revenue_share:write");
  const mayRead = useMay("customer_results:read");
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
      {mayAgree && (
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
      <PageTabs
        label={t("title")}
        tabs={[
          { id: "months", label: t("tabs.months"), content: () => <Months /> },
          { id: "deals", label: t("tabs.deals"), content: () => <DealsTab />, hidden: !mayAgree },
          { id: "customers", label: t("tabs.customers"), content: () => <CustomersTab />, hidden: !mayRead },
        ]}
      />
      {search.open === "upload" && maySend && <UploadDrawer onClose={close} />}
      {search.open === "close" && mayAgree && <CloseDrawer onClose={close} />}
    </Page>
  );
}

function Months() {
  const { t } = useTranslation("results");
  const [search, change] = usePageState(readState);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, search[name]])) as MonthFilter;
  const none = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
  return (
    <MonthsTable
      months={useMonths(filter)}
      withPartner
      open={search.open}
      onOpen={(open) => change({ open }, { push: open !== undefined })}
      emptyText={t("none_text")}
      storageKey="revenue-share"
      toolbar={<Filters search={search} onChange={change} />}
      filtered={FILTERS.some((name) => search[name] !== undefined)}
      onClearFilters={() => change(none)}
    />
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
