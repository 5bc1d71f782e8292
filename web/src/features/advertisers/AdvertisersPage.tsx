import { Button } from "@mantine/core";
import { IconBuildingStore, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useUnchanged } from "~/features/conversions/useUnchanged";
import { useFiguresBy } from "~/features/offers/figures";
import { useAdvertisers } from "~/features/offers/queries";
import { textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { EmptyState, Page } from "~/ui/Page";
import { AdvertiserDrawer } from "./page/AdvertiserDrawer";
import { ADVERTISER_METRICS, useAdvertiserColumns } from "./page/useAdvertiserColumns";

/** Whose sales and leads are reported here, and how each reports them. */
export default function AdvertisersPage() {
  const { t } = useTranslation("advertisers");
  const [search, change] = usePageState((raw) => ({
    open: textOf(raw, "open"),
    new: raw.new === true || raw.new === "true" || undefined,
  }));
  const list = useAdvertisers();
  const rows = useUnchanged(list.rows);
  const columns = useAdvertiserColumns(useFiguresBy("advertiser", ADVERTISER_METRICS));
  const action = useMay("advertisers:write") ? (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => change({ new: true, open: undefined })}
    >
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
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        rowHref={(row) => `/advertisers?open=${row.id}`}
        onRowOpen={(row) => change({ open: row.id }, { push: true })}
        openRowId={search.open}
        empty={
          <EmptyState
            icon={<IconBuildingStore size={28} stroke={1.5} />}
            title={t("list.empty")}
            text={t("list.empty_text")}
            action={action}
          />
        }
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onEndReached={list.loadMore}
        storageKey="advertisers"
        copyName="advertisers"
      />
      <AdvertiserDrawer
        advertiserId={search.open}
        isNew={search.new === true}
        onClose={() => change({ open: undefined, new: undefined })}
        onMade={(id) => change({ open: id, new: undefined })}
      />
    </Page>
  );
}
