import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { useWords } from "~/domain/words";
import { NothingWithFilters } from "~/features/conversions/NothingWithFilters";
import { RowTime } from "~/features/conversions/RowTime";
import { useUnchanged } from "~/features/conversions/useUnchanged";
import { Amounts } from "~/ui/Amounts";
import { type Column, DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { majorUnits, useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { useEntryText } from "../useEntryText";
import { fetchJournal } from "./api";
import { CauseLink } from "./CauseLink";
import { accountsOn, type JournalEntry, movedBy, ownerOf } from "./model";
import { changeOf, filterValues, type JournalSearch, questionOf } from "./search";
import { useJournalFilters } from "./useJournalFilters";

interface Props {
  search: JournalSearch;
  change: (change: Partial<JournalSearch>, options?: { push?: boolean }) => void;
}

/** Entries that meet the filters, the last booked first. */
export function EntryTable({ search, change }: Props) {
  const { t } = useTranslation("journal");
  const { timezone } = useFormat();
  const question = questionOf(search, timezone);
  const list = useList(["journal", "list", question], (cursor, signal) =>
    fetchJournal(question, cursor, signal),
  );
  const columns = useEntryColumns(list.labels);
  const rows = useUnchanged(list.rows);
  const filters = useJournalFilters(search, list.labels);
  const values = filterValues(search);
  const dropped = filters
    .filter(({ id }) => values[id] !== undefined)
    .map((filter: FilterSpec) => ({
      id: filter.id,
      label: t("drop", { filter: filter.label }),
      onDrop: () => change(changeOf({ ...values, [filter.id]: undefined }, search)),
    }));
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      caption={t("title")}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      empty={
        dropped.length > 0 ? (
          <NothingWithFilters filters={dropped} />
        ) : (
          <EmptyState title={t("empty")} text={t("empty_text")} />
        )
      }
      onRowOpen={({ id }) => change({ entry: id }, { push: true })}
      openRowId={search.entry}
      onEndReached={list.loadMore}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      toolbar={
        <FilterChips
          filters={filters}
          values={values}
          onChange={(chosen) => change(changeOf(chosen, search))}
        />
      }
      storageKey="journal"
      copyName="journal"
    />
  );
}

function useEntryColumns(names: Readonly<Record<string, string>>): Column<JournalEntry>[] {
  const { t } = useTranslation("journal");
  const word = useWords();
  const entryText = useEntryText();
  const { number } = useFormat();
  return useMemo((): Column<JournalEntry>[] => {
    const accounts = (side: "debit" | "credit") => (entry: JournalEntry) =>
      accountsOn(side, entry.postings)
        .map((account) => word("account", account))
        .join(", ");
    const owners = ({ postings }: JournalEntry) => {
      const ids = new Set(postings.flatMap((posting) => ownerOf(posting) ?? []));
      return [...ids].map((id) => names[id] ?? id).join(", ");
    };
    const what = (entry: JournalEntry) => entryText({ line: entry });
    return [
      {
        id: "time",
        header: t("column.time"),
        width: 148,
        cell: ({ at }) => <RowTime at={at} />,
        value: ({ at }) => at,
        onCard: 2,
      },
      { id: "what", header: t("column.what"), width: 190, cell: what, value: what, onCard: 1 },
      {
        id: "cause",
        header: t("column.cause"),
        width: 190,
        cell: (entry) => <CauseLink entry={entry} names={names} />,
        value: (entry) => entry.conversion_id ?? entry.payout_id,
      },
      {
        id: "owner",
        header: t("column.owner"),
        width: 190,
        cell: (entry) => <span translate="no">{owners(entry)}</span>,
        value: owners,
        onCard: 4,
      },
      {
        id: "amount",
        header: t("column.amount"),
        hint: t("column.amount_hint"),
        align: "end",
        width: 120,
        cell: ({ postings }) => <Amounts values={movedBy(postings)} />,
        csv: ({ postings }) =>
          movedBy(postings)
            .map(({ minor, currency }) => `${majorUnits(minor, currency)} ${currency}`)
            .join(", "),
        onCard: 3,
      },
      {
        id: "debit",
        header: t("column.debit"),
        hint: t("column.debit_hint"),
        width: 200,
        cell: accounts("debit"),
        value: accounts("debit"),
      },
      {
        id: "credit",
        header: t("column.credit"),
        hint: t("column.credit_hint"),
        width: 200,
        cell: accounts("credit"),
        value: accounts("credit"),
      },
      {
        id: "number",
        header: t("column.number"),
        hint: t("column.number_hint"),
        align: "end",
        width: 96,
        cell: (entry) => number(entry.number),
        value: (entry) => entry.number,
      },
      {
        id: "hash",
        header: t("entry.hash"),
        hidden: true,
        width: 160,
        cell: ({ hash }) => <code translate="no">{hash.slice(0, 12)}</code>,
        value: ({ hash }) => hash,
      },
    ];
  }, [t, word, entryText, number, names]);
}
