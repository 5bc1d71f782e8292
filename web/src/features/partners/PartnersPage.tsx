import { Button } from "@mantine/core";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useUnchanged } from "~/features/conversions/useUnchanged";
import { useFiguresBy } from "~/features/offers/figures";
import { isFiltered } from "~/features/offers/list/filters";
import { useWithPeriod } from "~/features/offers/useWithPeriod";
import { usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { EmptyState, Page } from "~/ui/Page";
import { NO_FILTERS, partnerFilterOf, readPartnerSearch } from "./list/filters";
import { PartnerFilters } from "./list/PartnerFilters";
import { PARTNER_METRICS, usePartnerColumns } from "./list/usePartnerColumns";
import { NewPartnerDrawer } from "./new/NewPartnerDrawer";
import { usePartners, usePayable } from "./queries";

/** Every partner with its numbers of the period and what is payable to it. */
export default function PartnersPage() {
  const { t } = useTranslation("partners");
  const [search, change] = usePageState(readPartnerSearch);
  const [{ isNew }, open] = usePageState((raw) => ({ isNew: raw.new === true || raw.new === "true" }));
  const withPeriod = useWithPeriod();
  const partners = usePartners(partnerFilterOf(search));
  const all = useUnchanged(partners.rows);
  const rows = search.tag ? all.filter(({ tags }) => tags.includes(search.tag ?? "")) : all;
  const columns = usePartnerColumns(useFiguresBy("partner", PARTNER_METRICS), usePayable());
  const mayAdd = useMay("partners:write");
  const show = (isShown: boolean) => open({ new: isShown || undefined } as object);
  const action = mayAdd ? (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => show(true)}>
      {t("list.new")}
    </Button>
  ) : null;
  return (
    <Page title={t("list.title")} action={action}>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t("list.title")}
        state={partners.state}
        error={partners.error}
        onRetry={partners.retry}
        rowHref={(row) => withPeriod(`/partners/${row.id}`)}
        filtered={isFiltered(search)}
        onClearFilters={() => change(NO_FILTERS)}
        empty={
          <EmptyState
            icon={<IconUsers size={28} stroke={1.5} />}
            title={t("list.empty")}
            text={t("list.empty_text")}
            action={action}
          />
        }
        toolbar={
          <PartnerFilters
            search={search}
            onChange={change}
            groups={wordsOf(all.map(({ group }) => group ?? ""))}
            tags={wordsOf(all.flatMap(({ tags }) => tags))}
          />
        }
        hasMore={partners.hasMore}
        loadingMore={partners.loadingMore}
        onEndReached={partners.loadMore}
        storageKey="partners"
        copyName="partners"
      />
      {mayAdd && (
        <NewPartnerDrawer
          opened={isNew}
          onClose={() => show(false)}
          groups={wordsOf(all.map(({ group }) => group ?? ""))}
        />
      )}
    </Page>
  );
}

/** Each word once, in order. */
function wordsOf(words: readonly string[]): string[] {
  return [...new Set(words)].filter(Boolean).sort((a, b) => a.localeCompare(b));
}
