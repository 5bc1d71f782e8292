import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import type { Column } from "~/ui/DataTable";
import { When } from "~/ui/When";
import { type RewardBalance, type RewardEntry, type RewardRedemption, useRewardAmount } from "./model";

type Row = RewardBalance | RewardEntry | RewardRedemption;

/** Columns that lists of rewards share. */
function useShared<Some extends Row>(withPartner: boolean) {
  const { t } = useTranslation("rewards");
  const amount = useRewardAmount();
  return useMemo(() => {
    const partner: Column<Some> = {
      id: "partner",
      header: t("column.partner"),
      cell: (row) => <span translate="no">{row.names[row.partner_id] ?? ""}</span>,
      value: (row) => row.names[row.partner_id] ?? "",
      width: 180,
      onCard: 1,
    };
    const figure = (id: string, header: string, minor: (row: Some) => number): Column<Some> => ({
      id,
      header,
      cell: (row) => <span className="figures">{amount(minor(row), row.unit)}</span>,
      value: (row) => minor(row),
      align: "end",
      width: 150,
      onCard: 2,
    });
    const words = (id: string, header: string, text: (row: Some) => string): Column<Some> => ({
      id,
      header,
      cell: (row) => <span translate="no">{text(row)}</span>,
      value: text,
      width: 240,
    });
    const when = (at: (row: Some) => string): Column<Some> => ({
      id: "when",
      header: t("column.when"),
      cell: (row) => <When value={at(row)} as="time" />,
      value: at,
      width: 190,
    });
    return { t, figure, words, when, partners: withPartner ? [partner] : [] };
  }, [t, amount, withPartner]);
}

export function useBalanceColumns(): Column<RewardBalance>[] {
  const { t, figure, when, partners } = useShared<RewardBalance>(true);
  return useMemo(
    () => [
      ...partners,
      figure("balance", t("column.balance"), (row) => row.balance_minor),
      figure("coming", t("column.coming"), (row) => row.coming_minor),
      when((row) => row.updated_at),
    ],
    [t, figure, when, partners],
  );
}

export function useEntryColumns(withPartner: boolean): Column<RewardEntry>[] {
  const { t, figure, words, when, partners } = useShared<RewardEntry>(withPartner);
  const word = useWords();
  return useMemo(
    () => [
      when((row) => row.created_at),
      ...partners,
      {
        id: "reason",
        header: t("column.reason"),
        cell: (row) => word("reward_reason", row.reason),
        value: (row) => word("reward_reason", row.reason),
        width: 150,
        onCard: 1,
      },
      figure("amount", t("column.amount"), (row) => row.minor),
      figure("after", t("column.after"), (row) => row.balance_after_minor),
      words("conversion", t("column.conversion"), (row) => row.names[row.conversion_id ?? ""] ?? ""),
      words("words", t("column.words"), (row) => row.words ?? ""),
    ],
    [t, word, figure, words, when, partners],
  );
}

export function useRedemptionColumns(withPartner: boolean): Column<RewardRedemption>[] {
  const { t, figure, words, when, partners } = useShared<RewardRedemption>(withPartner);
  const word = useWords();
  return useMemo(
    () => [
      when((row) => row.asked_at),
      ...partners,
      figure("amount", t("column.amount"), (row) => row.minor),
      {
        id: "state",
        header: t("column.state"),
        cell: (row) => <StateChip of="redemption" state={row.state} />,
        value: (row) => word("redemption_state", row.state),
        width: 130,
        onCard: 3,
      },
      words("wish", t("column.wish"), (row) => row.wish ?? ""),
      words("words", t("column.words"), (row) => row.words ?? ""),
    ],
    [t, word, figure, words, when, partners],
  );
}
