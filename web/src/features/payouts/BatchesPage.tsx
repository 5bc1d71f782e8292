import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState, Page } from "~/ui/Page";
import { fetchBatches } from "./api";
import { BatchStateCell } from "./BatchStateCell";
import type { Batch } from "./model";

/** Batches made so far, the newest first. */
export default function BatchesPage() {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const format = useFormat();
  const list = useList(["batches", "list"], fetchBatches);
  const toPayday = (
    <Button component={Link} to="/payouts" variant="default">
      {t("batches.to_payday")}
    </Button>
  );
  const columns = useMemo(
    (): Column<Batch>[] => [
      {
        id: "made",
        header: t("column.made"),
        width: 190,
        cell: (row) => format.dateTime(row.created_at),
        value: (row) => row.created_at,
        onCard: 1,
      },
      {
        id: "state",
        header: t("column.result"),
        width: 150,
        cell: (row) => <BatchStateCell batch={row} />,
        onCard: 2,
      },
      {
        id: "method",
        header: t("column.method"),
        cell: (row) => word("payout_method", row.method),
        value: (row) => word("payout_method", row.method),
      },
      {
        id: "partners",
        header: t("column.partners"),
        align: "end",
        cell: (row) => format.number(row.payout_count),
        value: (row) => row.payout_count,
      },
      {
        id: "total",
        header: t("column.total"),
        align: "end",
        cell: (row) => <Money value={row.total} />,
        value: (row) => majorUnits(row.total.minor, row.total.currency),
        onCard: 3,
      },
      {
        id: "currency",
        header: t("column.currency"),
        width: 96,
        hidden: true,
        cell: (row) => row.total.currency,
        value: (row) => row.total.currency,
      },
    ],
    [t, word, format],
  );
  return (
    <Page title={t("batches.title")} subtitle={t("batches.subtitle")} action={toPayday}>
      <DataTable
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        caption={t("batches.title")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        empty={<EmptyState title={t("batches.empty")} text={t("batches.empty_text")} action={toPayday} />}
        rowHref={(row) => `/payouts/batches/${row.id}`}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        storageKey="batches"
        copyName="batches"
      />
    </Page>
  );
}
