import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import type { Column } from "~/ui/DataTable";
import { NOTHING } from "~/ui/format";
import { nameOf, type Receipt, shortId } from "./model";
import { RowTime } from "./RowTime";
import { ToConversion } from "./ToConversion";
import { useVerdictText } from "./verdict";

function parameter(receipt: Receipt, name: string): string | undefined {
  return receipt.params.find(([each]) => each === name)?.[1];
}

/** What is told of a sender's call. */
export function useReceiptColumns(isStaff: boolean): Column<Receipt>[] {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const verdict = useVerdictText();
  return useMemo(() => {
    const text = (
      id: string,
      header: string,
      of: (row: Receipt) => string | null | undefined,
    ): Column<Receipt> => ({
      id,
      header,
      cell: (row) => of(row) || NOTHING,
      value: of,
    });
    const columns: Column<Receipt>[] = [
      {
        id: "time",
        header: t("column.time"),
        width: 148,
        cell: (row) => <RowTime at={row.arrived_at} />,
        value: (row) => row.arrived_at,
        onCard: 1,
      },
      {
        id: "status",
        header: t("column.status"),
        width: 124,
        cell: (row) => <StateChip of="receipt" state={row.status} />,
        value: (row) => word("receipt_status", row.status),
        onCard: 2,
      },
      { ...text("verdict", t("column.verdict"), verdict), width: 280, onCard: 3 },
      { ...text("door", t("column.door"), (row) => row.door && word("receipt_door", row.door)), width: 110 },
      {
        ...text("trust", t("column.trust"), (row) => row.trust && word("receipt_trust", row.trust)),
        width: 120,
        hidden: true,
      },
      ...(isStaff
        ? [
            {
              ...text("advertiser", t("column.advertiser"), (row) => nameOf(row.names, row.advertiser_id)),
              width: 140,
            },
          ]
        : []),
      { ...text("order", t("column.order"), (row) => parameter(row, "order_id")), width: 110 },
      { ...text("goal", t("column.goal"), (row) => parameter(row, "goal")), width: 110, hidden: true },
      {
        ...text("amount", t("column.said_amount"), (row) => parameter(row, "amount")),
        width: 100,
        align: "end",
      },
      {
        id: "conversion",
        header: t("column.conversion"),
        width: 120,
        cell: (row) =>
          row.conversion_id ? (
            <ToConversion id={row.conversion_id} size="sm">
              {shortId(row.conversion_id)}
            </ToConversion>
          ) : (
            NOTHING
          ),
        value: (row) => row.conversion_id,
      },
    ];
    return columns;
  }, [isStaff, t, word, verdict]);
}
