import { IconPercentage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { EmptyState, Page } from "~/ui/Page";
import { MonthDrawer } from "./MonthDrawer";
import { useMonths } from "./model";
import { useMonthColumns } from "./useMonthColumns";

function readState(raw: PageSearch) {
  return { open: textOf(raw, "open") };
}

/** A partner's own months, with the formula in words. */
export default function OwnMonthsPage() {
  const { t } = useTranslation("results");
  const [search, change] = usePageState(readState);
  const months = useMonths({});
  const columns = useMonthColumns(false);
  const open = months.rows.find(({ id }) => id === search.open);
  return (
    <Page title={t("title")} subtitle={t("own_subtitle")}>
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
        empty={
          <EmptyState
            icon={<IconPercentage size={28} stroke={1.5} />}
            title={t("none")}
            text={t("own_none_text")}
          />
        }
        storageKey="own-revenue-share"
        copyName="revenue-share"
      />
      {open && <MonthDrawer key={open.id} month={open} onClose={() => change({ open: undefined })} />}
    </Page>
  );
}
