import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, NOTHING } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { RowTime } from "../conversions/RowTime";
import { ToConversion } from "../conversions/ToConversion";
import { fetchStatement } from "./api";
import type { Balance } from "./model";
import { type Entry, runningEntries } from "./statement";
import { useCauseText } from "./useCauseText";
import { useEntryText } from "./useEntryText";

/** Every entry of the book that touched the partner, with its cause and what the partner had after it. */
export function Statement({ partnerId, balance }: { partnerId: string; balance: Balance }) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const entryText = useEntryText();
  const causeText = useCauseText();
  const { currency } = balance;
  const list = useList(["statement", partnerId], (cursor, signal) =>
    fetchStatement(partnerId, cursor, signal),
  );
  const entries = runningEntries(list.rows, balance);
  const columns = useMemo((): Column<Entry>[] => {
    const where = ({ from, to }: Entry) =>
      [from, to].flatMap((account) => (account ? [word("account", account)] : [])).join(" → ");
    return [
      {
        id: "time",
        header: t("column.time"),
        width: 148,
        cell: ({ line }) => <RowTime at={line.at} />,
        value: ({ line }) => line.at,
        onCard: 1,
      },
      { id: "what", header: t("column.what"), width: 176, cell: entryText, value: entryText, onCard: 2 },
      {
        id: "cause",
        header: t("column.cause"),
        width: 190,
        cell: ({ line }) =>
          line.conversion_id ? (
            <ToConversion id={line.conversion_id} size="sm">
              {line.names[line.conversion_id] ?? t("statement.conversion")}
            </ToConversion>
          ) : (
            (line.payout_id && t("statement.payout")) || causeText(line.note) || NOTHING
          ),
        value: ({ line }) => line.conversion_id ?? line.payout_id ?? causeText(line.note),
      },
      {
        id: "where",
        header: t("column.where"),
        hint: t("column.where_hint"),
        width: 170,
        cell: where,
        value: where,
      },
      {
        id: "moved",
        width: 100,
        header: t("column.amount"),
        align: "end",
        cell: ({ movedMinor }) => <Money value={{ minor: movedMinor, currency }} />,
        value: ({ movedMinor }) => majorUnits(movedMinor, currency),
      },
      {
        id: "net",
        width: 100,
        header: t("column.net"),
        hint: t("column.net_hint"),
        align: "end",
        cell: ({ netMinor }) => <Money value={{ minor: netMinor, currency }} signed />,
        value: ({ netMinor }) => majorUnits(netMinor, currency),
        onCard: 3,
      },
      {
        id: "after",
        header: t("column.after"),
        hint: t("column.after_hint"),
        align: "end",
        cell: ({ afterMinor }) => <Money value={{ minor: afterMinor, currency }} />,
        value: ({ afterMinor }) => majorUnits(afterMinor, currency),
      },
    ];
  }, [t, word, entryText, causeText, currency]);
  return (
    <DataTable
      columns={columns}
      rows={entries}
      rowId={({ line }) => line.id}
      caption={t("earnings.statement")}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      empty={<EmptyState title={t("statement.empty")} text={t("statement.empty_text")} />}
      onEndReached={list.loadMore}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      storageKey="statement"
      copyName="statement"
    />
  );
}
