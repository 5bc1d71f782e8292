import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { type MoneyValue, majorUnits, NOTHING, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { DetailsCell } from "./DetailsCell";
import { ExchangesCell, useExchangeText } from "./ExchangesCell";
import type { Method, Owed, OwedList } from "./model";
import { sumOf } from "./model";
import { type OwedView, type Standing, seenIn, standingOf } from "./payday";
import { StandingCell } from "./StandingCell";
import { useStandingText } from "./useStandingText";
import { useTakenText } from "./useTakenText";

interface Props {
  currency: string;
  query: UseQueryResult<OwedList>;
  method: Method;
  /** Only those are shown; all where absent. */
  view: OwedView | undefined;
  onClearView: () => void;
  selection: string[] | undefined;
  onSelection: (ids: string[]) => void;
  onMake: () => void;
  canMake: boolean;
  /** What a batch made now would pay, in a sentence. */
  sums: ReactNode;
}

const NO_ROWS: Owed[] = [];

/** Partners that are owed something, and whether a batch made now would pay them. */
export function OwedTable(props: Props) {
  const { currency, query, method, view, selection, onSelection } = props;
  const { t } = useTranslation("payouts");
  const word = useWords();
  const { money } = useFormat();
  const standingText = useStandingText();
  const exchangeText = useExchangeText();
  const takenText = useTakenText();
  const all = query.data?.items ?? NO_ROWS;
  const rows = useMemo(() => all.filter((row) => seenIn(row, view)), [all, view]);
  const hasTaken = rows.some((row) => takenText(row) !== "");
  const hasExchanges = rows.some(({ exchanges }) => exchanges.length > 0);
  const columns = useMemo((): Column<Owed>[] => {
    const amount = (id: string, header: string, of: (row: Owed) => MoneyValue): Column<Owed> => ({
      id,
      header,
      align: "end",
      width: 112,
      sortable: true,
      cell: (row) => <Money value={of(row)} />,
      value: (row) => majorUnits(of(row).minor, of(row).currency),
    });
    const exchanges = {
      id: "exchanges",
      header: t("column.exchanges"),
      hint: t("column.exchanges_hint"),
      width: 300,
      cell: (row) => <ExchangesCell exchanges={row.exchanges} />,
      value: (row) => row.exchanges.map(exchangeText).join("; "),
    } satisfies Column<Owed>;
    const taken = {
      id: "taken",
      header: t("taken.column"),
      hint: t("taken.column_hint"),
      width: 200,
      cell: (row) => takenText(row) || NOTHING,
      value: takenText,
    } satisfies Column<Owed>;
    const methods = (row: Owed) =>
      [...new Set(row.parts.map((part) => part.method))]
        .map((each) => word("payout_method", each))
        .join(", ");
    const standing = (row: Owed): Standing => standingOf(row, method);
    return [
      {
        id: "partner",
        header: t("column.partner"),
        sortable: true,
        width: 160,
        cell: (row) => row.name,
        value: (row) => row.name,
        onCard: 1,
      },
      { ...amount("payable", t("column.payable"), (row) => row.payable), hint: t("column.payable_hint") },
      { ...amount("debt", t("column.debt"), (row) => row.debt), hint: t("column.debt_hint"), width: 96 },
      {
        ...amount("next", t("column.next"), (row) => row.next_payout),
        hint: t("column.next_hint"),
        width: 168,
        onCard: 2,
      },
      ...(hasTaken ? [taken] : []),
      ...(hasExchanges ? [exchanges] : []),
      {
        id: "standing",
        header: t("column.standing"),
        sortable: true,
        width: 176,
        cell: (row) => <StandingCell standing={standing(row)} />,
        value: (row) => standingText(standing(row)),
        onCard: 3,
      },
      {
        id: "method",
        header: t("column.method"),
        sortable: true,
        width: 108,
        cell: methods,
        value: methods,
      },
      {
        id: "details",
        header: t("column.details"),
        width: 190,
        cell: (row) => <DetailsCell owed={row} />,
      },
    ];
  }, [t, word, method, standingText, exchangeText, takenText, hasExchanges, hasTaken]);
  const total = (of: (row: Owed) => MoneyValue) => money(sumOf(rows.map(of), currency));
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={(row) => row.partner_id}
      caption={t("payday.title")}
      state={query.isPending ? "loading" : query.isError ? "error" : "ready"}
      error={query.error}
      onRetry={() => void query.refetch()}
      filtered={view !== undefined}
      onClearFilters={props.onClearView}
      empty={<EmptyState title={t("payday.empty", { currency })} text={t("payday.empty_text")} />}
      rowHref={(row) => `/partners/${row.partner_id}`}
      totals={{
        payable: total((row) => row.payable),
        debt: total((row) => row.debt),
        next: total((row) => row.next_payout),
      }}
      selection={selection}
      onSelection={selection && onSelection}
      bulkBar={() => (
        <>
          <Button onClick={props.onMake} disabled={!props.canMake}>
            {t("payday.make_chosen")}
          </Button>
          {props.sums}
        </>
      )}
      toolbar={props.sums}
      storageKey="owed"
      copyName={`owed-${currency}`}
    />
  );
}
