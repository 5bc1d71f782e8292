import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, NOTHING } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { When } from "~/ui/When";
import { fetchPayouts } from "./api";
import type { Payout } from "./model";
import { takenFrom, useTakenText } from "./useTakenText";

const TABLE_HEIGHT = 420;

/** A partner's payouts of one currency, the newest first. */
export function OwnPayouts({ currency }: { currency: string }) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const takenText = useTakenText();
  const list = useList(["payouts", "own"], (cursor, signal) => fetchPayouts({}, cursor, signal));
  const rows = list.rows.filter((payout) => payout.amount.currency === currency);
  const hasTaken = rows.some((row) => takenText(takenFrom(row)) !== "");
  const columns = useMemo(
    (): Column<Payout>[] => [
      {
        id: "sent",
        header: t("column.sent"),
        width: 140,
        cell: (row) => <When value={row.created_at} as="date" />,
        value: (row) => row.created_at,
        onCard: 1,
      },
      {
        id: "amount",
        header: t("column.amount"),
        align: "end",
        width: 140,
        cell: (row) => <Money value={row.amount} />,
        value: (row) => majorUnits(row.amount.minor, row.amount.currency),
        onCard: 2,
      },
      {
        id: "offset",
        header: t("column.offset"),
        hint: t("column.offset_hint"),
        align: "end",
        width: 150,
        cell: (row) => <Money value={row.debt_offset} />,
        value: (row) => majorUnits(row.debt_offset.minor, row.debt_offset.currency),
      },
      ...(hasTaken
        ? [
            {
              id: "taken",
              header: t("taken.column"),
              width: 220,
              cell: (row: Payout) => takenText(takenFrom(row)) || NOTHING,
              value: (row: Payout) => takenText(takenFrom(row)),
            },
          ]
        : []),
      {
        id: "state",
        header: t("column.result"),
        width: 150,
        cell: (row) => <StateChip of="payout" state={row.state} />,
        value: (row) => word("payout_state", row.state),
        onCard: 3,
      },
      {
        id: "settled",
        header: t("column.settled"),
        width: 140,
        cell: (row) => <When value={row.settled_at} as="date" />,
        value: (row) => row.settled_at,
      },
      {
        id: "told",
        header: t("column.told"),
        cell: (row) => row.failure_reason ?? row.reference ?? NOTHING,
        value: (row) => row.failure_reason ?? row.reference,
      },
    ],
    [t, word, takenText, hasTaken],
  );
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      caption={t("earnings.payouts")}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      empty={<EmptyState title={t("earnings.no_payouts")} text={t("earnings.no_payouts_text")} />}
      onEndReached={list.loadMore}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      maxHeight={TABLE_HEIGHT}
      storageKey="own-payouts"
      copyName="payouts"
    />
  );
}
