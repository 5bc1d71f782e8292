import { useTranslation } from "react-i18next";
import type { PageSearch } from "~/frame/search";
import { textOf, usePageState } from "~/frame/search";
import { DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/Page";
import { useLastCalls } from "./lastCalls";
import { ReceiptDrawer } from "./ReceiptDrawer";
import { useReceiptColumns } from "./receiptColumns";

const TABLE_HEIGHT = 480;
const NO_CALLS: never[] = [];

function readOpen(raw: PageSearch): { open: string | undefined } {
  return { open: textOf(raw, "open") };
}

/** What came from the advertiser last. */
export function LastCalls() {
  const { t } = useTranslation("conversions");
  const [{ open }, change] = usePageState(readOpen);
  const calls = useLastCalls();
  const columns = useReceiptColumns(false);
  return (
    <>
      <DataTable
        columns={columns}
        rows={calls.data ?? NO_CALLS}
        rowId={(row) => row.receipt_id}
        caption={t("calls.title")}
        state={calls.isPending ? "loading" : calls.isError ? "error" : "ready"}
        error={calls.error}
        onRetry={() => void calls.refetch()}
        empty={<EmptyState title={t("calls.empty")} text={t("calls.empty_text")} />}
        onRowOpen={(row) => change({ open: row.receipt_id }, { push: true })}
        openRowId={open}
        maxHeight={TABLE_HEIGHT}
        storageKey="last-calls"
      />
      <ReceiptDrawer id={open} onClose={() => change({ open: undefined })} />
    </>
  );
}
