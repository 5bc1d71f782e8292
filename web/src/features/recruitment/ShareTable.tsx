import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ToConversion } from "~/features/conversions/ToConversion";
import { percentText } from "~/features/plans/payoutWords";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { When } from "~/ui/When";
import { type RecruiterShare, useShares } from "./model";

interface Props {
  /** The recruiter; the partner's own where nobody is named. */
  partnerId?: string;
  /** Of what each is a part: for staff alone. */
  withCause?: boolean;
}

/** What a recruiter got of each conversion, newest first. */
export function ShareTable({ partnerId, withCause = false }: Props) {
  const { t } = useTranslation("recruitment");
  const list = useShares(partnerId);
  const columns = useColumns(withCause);
  return (
    <DataTable
      caption={t("shares")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      empty={<EmptyState title={t("no_shares")} text={t("no_shares_text")} />}
      storageKey="recruiter-shares"
      copyName="recruiter-shares"
    />
  );
}

function useColumns(withCause: boolean): Column<RecruiterShare>[] {
  const { t } = useTranslation("recruitment");
  const format = useFormat();
  return useMemo(() => {
    const part = ({ cause, amount }: RecruiterShare) => {
      if (!cause) return "";
      const base = format.money({ minor: cause.base_minor, currency: amount.currency });
      const told = { percent: percentText(format, cause.percent), base };
      return cause.of === "payout" ? t("of_payout", told) : t("of_profit", told);
    };
    const causes: Column<RecruiterShare>[] = [
      { id: "part", header: t("column.part"), cell: part, value: part, width: 250 },
      {
        id: "conversion",
        header: t("column.conversion"),
        cell: ({ cause, names }) =>
          cause && (
            <ToConversion id={cause.conversion_id} size="sm">
              {names[cause.conversion_id] ?? t("conversion")}
            </ToConversion>
          ),
        value: ({ cause }) => cause?.conversion_id,
        width: 190,
      },
    ];
    return [
      {
        id: "given",
        header: t("column.given"),
        cell: (row) => <When value={row.given_at} as="date" />,
        value: (row) => row.given_at,
        width: 140,
        onCard: 2,
      },
      {
        id: "recruited",
        header: t("column.partner"),
        cell: (row) => <span translate="no">{row.recruited_name}</span>,
        value: (row) => row.recruited_name,
        width: 190,
        onCard: 1,
      },
      {
        id: "level",
        header: t("column.level"),
        hint: t("column.level_hint"),
        cell: (row) => format.number(row.level),
        value: (row) => row.level,
        align: "end",
        width: 90,
      },
      {
        id: "amount",
        header: t("column.amount"),
        cell: (row) => <Money value={row.amount} />,
        value: (row) => majorUnits(row.amount.minor, row.amount.currency),
        align: "end",
        width: 130,
        onCard: 3,
      },
      {
        id: "payable",
        header: t("column.payable"),
        cell: (row) => <When value={row.locked_at ?? row.lock_at} as="date" />,
        value: (row) => row.locked_at ?? row.lock_at,
        width: 140,
      },
      ...(withCause ? causes : []),
    ];
  }, [t, format, withCause]);
}
