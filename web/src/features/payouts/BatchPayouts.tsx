import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "~/api/paging";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, NOTHING, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { Section } from "~/ui/Page";
import { When } from "~/ui/When";
import { fetchBatchPayouts } from "./api";
import { ExchangesCell, useExchangeText } from "./ExchangesCell";
import type { BatchDetail, Payout } from "./model";
import { SettleDialog, type Settling } from "./SettleDialog";
import { isDivided, useAccountText } from "./useAccountText";
import { takenFrom, useTakenText } from "./useTakenText";

/** Whether people say what became of it: PayPal tells of its own payments, as long as it can. */
function toldByPeople(batch: BatchDetail): boolean {
  if (batch.method === "paypal") return batch.state === "doubtful";
  return batch.state === "approved" || batch.state === "sent";
}

function told(payout: Payout): string | null | undefined {
  return payout.failure_reason ?? payout.reference ?? payout.provider_state;
}

function outcomesOf(payout: Payout, isTold: boolean): Settling["outcome"][] {
  if (!isTold) return [];
  if (payout.state === "in_transit") return ["paid", "failed"];
  return payout.state === "paid" ? ["returned"] : [];
}

/** The payouts of a batch, each with its result. */
export function BatchPayouts({ batch, mayPay }: { batch: BatchDetail; mayPay: boolean }) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const takenText = useTakenText();
  const format = useFormat();
  const exchangeText = useExchangeText();
  const [settling, setSettling] = useState<Settling>();
  const isTold = toldByPeople(batch);
  const list = useList(["batches", "payouts", batch.id], (cursor, signal) =>
    fetchBatchPayouts(batch.id, cursor, signal),
  );
  const rowMenu = (row: Payout) =>
    outcomesOf(row, isTold).map((outcome) => ({
      id: outcome,
      label: { paid: t("paid.one"), failed: t("failed.one"), returned: t("returned.one") }[outcome],
      danger: outcome !== "paid",
      onClick: () => setSettling({ outcome, payout: row }),
    }));
  const accountText = useAccountText();
  const hasDivided = list.rows.some(isDivided);
  const hasTaken = list.rows.some((row) => takenText(takenFrom(row)) !== "");
  const hasExchanges = list.rows.some(({ exchanges }) => exchanges.length > 0);
  const columns = useMemo((): Column<Payout>[] => {
    const exchanges = {
      id: "exchanges",
      header: t("column.exchanges"),
      hint: t("column.exchanges_hint"),
      width: 300,
      cell: (row) => <ExchangesCell exchanges={row.exchanges} />,
      value: (row) => row.exchanges.map(exchangeText).join("; "),
    } satisfies Column<Payout>;
    const taken = {
      id: "taken",
      header: t("taken.column"),
      hint: t("taken.column_hint"),
      width: 220,
      cell: (row) => takenText(takenFrom(row)) || NOTHING,
      value: (row) => takenText(takenFrom(row)),
    } satisfies Column<Payout>;
    return [
      {
        id: "payee",
        header: t("column.payee"),
        width: 168,
        cell: (row) => row.payee_name,
        value: (row) => row.payee_name,
        onCard: 1,
      },
      {
        id: "email",
        header: t("column.email"),
        width: 192,
        cell: (row) => row.payee_email,
        value: (row) => row.payee_email,
      },
      {
        id: "account",
        header: t("column.account"),
        width: hasDivided ? 152 : 96,
        cell: (row) => accountText(row) ?? NOTHING,
        value: accountText,
      },
      {
        id: "amount",
        header: t("column.amount"),
        align: "end",
        cell: (row) => <Money value={row.amount} />,
        value: (row) => majorUnits(row.amount.minor, row.amount.currency),
        onCard: 2,
      },
      {
        id: "offset",
        header: t("column.offset"),
        hint: t("column.offset_hint"),
        align: "end",
        cell: (row) => <Money value={row.debt_offset} />,
        value: (row) => majorUnits(row.debt_offset.minor, row.debt_offset.currency),
      },
      ...(hasTaken ? [taken] : []),
      ...(hasExchanges ? [exchanges] : []),
      {
        id: "state",
        header: t("column.result"),
        width: 128,
        cell: (row) => <StateChip of="payout" state={row.state} />,
        value: (row) => word("payout_state", row.state),
        onCard: 3,
      },
      {
        id: "told",
        header: t("column.told"),
        width: 172,
        cell: (row) => told(row) ?? NOTHING,
        value: told,
      },
      {
        id: "settled",
        header: t("column.settled"),
        width: 118,
        cell: (row) => <When value={row.settled_at} as="date" />,
        value: (row) => row.settled_at,
      },
    ];
  }, [t, word, accountText, exchangeText, takenText, hasExchanges, hasTaken, hasDivided]);
  return (
    <Section title={t("batch.payouts")}>
      <DataTable
        columns={columns}
        rows={list.rows}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        onEndReached={list.loadMore}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        rowId={(row) => row.id}
        caption={t("batch.payouts")}
        rowHref={(row) => `/partners/${row.partner_id}`}
        totals={{ amount: format.money(batch.total) }}
        rowMenu={mayPay ? rowMenu : undefined}
        storageKey="batch-payouts"
        copyName={batch.id}
      />
      <SettleDialog settling={settling} onClose={() => setSettling(undefined)} />
    </Section>
  );
}
