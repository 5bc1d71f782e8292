import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { useWords } from "~/domain/words";
import { listOf, type PageSearch, textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { EmptyState, Page } from "~/ui/Page";
import { fetchReceipts, type ReceiptQuery } from "./api";
import { NothingWithFilters } from "./NothingWithFilters";
import { ReceiptDrawer } from "./ReceiptDrawer";
import { useReceiptColumns } from "./receiptColumns";
import { ALL_REASONS, STATUSES } from "./rules";
import { useUnchanged } from "./useUnchanged";

interface ReceiptSearch {
  status: string | undefined;
  reason: string | undefined;
  conversion: string | undefined;
  open: string | undefined;
}

function readReceiptSearch(raw: PageSearch): ReceiptSearch {
  return {
    status: listOf(raw, "status")[0],
    reason: textOf(raw, "reason"),
    conversion: textOf(raw, "conversion"),
    open: textOf(raw, "open"),
  };
}

const FILTERS = ["status", "reason", "conversion"] as const;

/** What senders said, and what they were told. */
export default function ReceiptsPage() {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const [search, change] = usePageState(readReceiptSearch);
  const query: ReceiptQuery = {
    status: search.status,
    reason: search.reason,
    conversion_id: search.conversion,
  };
  const list = useList(["receipts", "list", query], (cursor, signal) => fetchReceipts(query, cursor, signal));
  const rows = useUnchanged(list.rows);
  const columns = useReceiptColumns(true);
  const filters: FilterSpec[] = [
    {
      kind: "one",
      id: "status",
      label: t("filter.status"),
      options: STATUSES.map((status) => ({ value: status, label: word("receipt_status", status) })),
    },
    {
      kind: "one",
      id: "reason",
      label: t("filter.reason"),
      options: ALL_REASONS.map((reason) => ({ value: reason, label: word("conversion_reason", reason) })),
    },
    { kind: "text", id: "conversion", label: t("filter.conversion"), placeholder: "cnv_" },
  ];
  const dropped = filters
    .filter(({ id }) => FILTERS.some((name) => name === id && search[name] !== undefined))
    .map(({ id, label }) => ({
      id,
      label: t("nothing.drop_one", { filter: label }),
      onDrop: () => change({ [id]: undefined }),
    }));
  return (
    <Page title={t("receipt.page_title")} subtitle={t("receipt.page_subtitle")}>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(row) => row.receipt_id}
        caption={t("receipt.page_title")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        empty={
          dropped.length > 0 ? (
            <NothingWithFilters filters={dropped} />
          ) : (
            <EmptyState title={t("receipt.empty")} text={t("receipt.empty_text")} />
          )
        }
        onRowOpen={(row) => change({ open: row.receipt_id }, { push: true })}
        openRowId={search.open}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        toolbar={
          <FilterChips
            filters={filters}
            values={{ status: search.status, reason: search.reason, conversion: search.conversion }}
            onChange={(values) =>
              change(
                Object.fromEntries(
                  FILTERS.map((name) => [name, (values[name] as string | undefined) || undefined]),
                ),
              )
            }
          />
        }
        storageKey="receipts"
        copyName="receipts"
      />
      <ReceiptDrawer id={search.open} onClose={() => change({ open: undefined })} />
    </Page>
  );
}
