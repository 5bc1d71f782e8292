import { Button, FileButton, Group, Stack } from "@mantine/core";
import { IconPlus, IconReceiptEuro, IconUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions, useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { FormError } from "~/ui/FormError";
import { EmptyState, Page } from "~/ui/Page";
import { notifyDone } from "~/ui/Toast";
import { CostDrawer } from "./CostDrawer";
import { COST_CATEGORIES, type CostFilter, useCosts, useCostsChanged } from "./model";
import { useCostColumns } from "./useCostColumns";

const FILTERS = ["category", "partner_id", "offer_id", "advertiser_id", "state"] as const;
const REMOVED = "removed";

function readState(raw: PageSearch) {
  return {
    category: textOf(raw, "category"),
    partner_id: textOf(raw, "partner_id"),
    offer_id: textOf(raw, "offer_id"),
    advertiser_id: textOf(raw, "advertiser_id"),
    state: textOf(raw, "state"),
    /** What is open beside: a cost's id, or `new`. */
    cost: textOf(raw, "cost"),
  };
}

/** What the programme costs beside what partners earn. */
export default function CostsPage() {
  const { t } = useTranslation("costs");
  const [search, change] = usePageState(readState);
  const { category, partner_id, offer_id, advertiser_id, state } = search;
  const isRemoved = state === REMOVED;
  const costs = useCosts({ category, partner_id, offer_id, advertiser_id, removed: isRemoved } as CostFilter);
  const columns = useCostColumns();
  const mayEdit = useMay("costs:write");
  const load = useLoad();
  const opened = costs.rows.find(({ id }) => id === search.cost);
  const close = () => change({ cost: undefined });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ cost: "new" })}>
      {t("add")}
    </Button>
  );
  const acts = (
    <Group gap="xs">
      <FileButton accept=".csv,text/csv" onChange={(file) => file && load.mutate(file)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconUpload size={16} aria-hidden />}
            loading={load.isPending}
            title={t("load_help")}
          >
            {t("load")}
          </Button>
        )}
      </FileButton>
      {add}
    </Group>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={mayEdit && acts}>
      <Stack gap="md">
        <FormError error={load.error} />
        <DataTable
          caption={t("title")}
          columns={columns}
          rows={costs.rows}
          rowId={(row) => row.id}
          state={costs.state}
          error={costs.error}
          onRetry={costs.retry}
          hasMore={costs.hasMore}
          loadingMore={costs.loadingMore}
          onEndReached={costs.loadMore}
          onRowOpen={mayEdit && !isRemoved ? (row) => change({ cost: row.id }, { push: true }) : undefined}
          openRowId={search.cost}
          filtered={FILTERS.some((name) => search[name] !== undefined)}
          onClearFilters={() => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
          toolbar={<Filters search={search} onChange={change} />}
          empty={
            <EmptyState
              icon={<IconReceiptEuro size={28} stroke={1.5} />}
              title={t("none")}
              text={t("none_text")}
              action={mayEdit && add}
            />
          }
          storageKey="costs"
          copyName="costs"
        />
      </Stack>
      {mayEdit && search.cost === "new" && <CostDrawer onClose={close} />}
      {mayEdit && opened && !isRemoved && <CostDrawer key={opened.id} cost={opened} onClose={close} />}
    </Page>
  );
}

function useLoad() {
  const { t } = useTranslation("costs");
  const changed = useCostsChanged();
  return useMutation({
    mutationFn: async (file: File) =>
      bodyOf(await client.POST("/v1/programme-costs/file", { body: { csv: await file.text() } })),
    onSuccess: async ({ added }) => {
      await changed();
      notifyDone(t("loaded", { count: added }));
    },
  });
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("costs");
  const word = useWords();
  const partners = usePartnerOptions();
  const offers = useOfferOptions();
  const advertisers = useAdvertiserOptions();
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "category",
      label: t("field.category"),
      options: COST_CATEGORIES.map((code) => ({ value: code, label: word("cost_category", code) })),
    },
    {
      kind: "one",
      id: "partner_id",
      label: t("field.partner"),
      options: partners.options,
      onSearch: partners.search,
    },
    {
      kind: "one",
      id: "offer_id",
      label: t("field.offer"),
      options: offers.options,
      onSearch: offers.search,
    },
    { kind: "one", id: "advertiser_id", label: t("field.advertiser"), options: advertisers.options },
    { kind: "one", id: "state", label: t("field.state"), options: [{ value: REMOVED, label: t("removed") }] },
  ];
  const { category, partner_id, offer_id, advertiser_id, state } = search;
  return (
    <FilterChips
      filters={specs}
      values={{ category, partner_id, offer_id, advertiser_id, state }}
      onChange={(values) =>
        onChange(Object.fromEntries(FILTERS.map((name) => [name, values[name] as string | undefined])))
      }
    />
  );
}
