import { Button, Group, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { DecideDialog } from "./DecideDialog";
import { DECISIONS, type Line, type LineDecision, type Reconciliation, useLines } from "./model";
import { filterOfPlace } from "./place";
import { useLineWords } from "./useLineWords";

interface Props {
  reconciliation: Pick<Reconciliation, "id" | "state" | "kind">;
  /** Which group, as the address names it. */
  place: string;
  onClose: () => void;
}

/** The lines behind a group, and decisions on some of them. */
export function LinesDrawer({ reconciliation, place, onClose }: Props) {
  const { t } = useTranslation("reconciliation");
  const words = useLineWords();
  const filter = filterOfPlace(place);
  const list = useLines(reconciliation.id, filter);
  const columns = useLineColumns(reconciliation.kind);
  const mayReconcile = useMay("reconciliation:write");
  const [selection, setSelection] = useState<string[]>([]);
  const [asked, setAsked] = useState<LineDecision>();
  const isMatched = filter.class === "matched";
  const isCarriedOut = filter.decision === "take_theirs" || filter.decision === "make_conversion";
  const mayDecide = mayReconcile && reconciliation.state === "open" && !isMatched && !isCarriedOut;
  const { meaning } = words.cause(filter.cause);
  const name = isMatched ? words.ofClass.matched : words.cause(filter.cause).name;
  const isTheirs = filter.class === "only_theirs";
  const choices: readonly LineDecision[] =
    reconciliation.kind === "totals"
      ? ["keep_ours"]
      : DECISIONS.filter((decision) => isTheirs || decision !== "make_conversion");
  return (
    <SideDrawer opened onClose={() => asked === undefined && onClose()} size="xl" title={name}>
      {meaning && (
        <Text c="dimmed" mb="md">
          {meaning}
        </Text>
      )}
      <DataTable
        caption={name}
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        rowHref={(row) => (row.conversion_id ? `/conversions/${row.conversion_id}` : undefined)}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onEndReached={list.loadMore}
        empty={<EmptyState title={t("lines_none")} text={t("lines_none_text")} />}
        selection={mayDecide ? selection : undefined}
        onSelection={mayDecide ? setSelection : undefined}
        bulkBar={() => (
          <Group gap="xs">
            {choices.map((decision) => (
              <Button key={decision} size="xs" mih={32} variant="default" onClick={() => setAsked(decision)}>
                {words.ofDecision[decision]}
              </Button>
            ))}
          </Group>
        )}
        storageKey={`reconciliation-lines-${reconciliation.kind}`}
        copyName="lines"
      />
      {asked && (
        <DecideDialog
          reconciliation={reconciliation}
          decision={asked}
          which={{ line_ids: selection }}
          onClose={() => setAsked(undefined)}
          onDone={() => setSelection([])}
        />
      )}
    </SideDrawer>
  );
}

type Side = Line["ours"];

function useLineColumns(kind: Reconciliation["kind"]): Column<Line>[] {
  const { t } = useTranslation("reconciliation");
  const { number, money, dateTime } = useFormat();
  const word = useWords();
  return useMemo(() => {
    const offer = (row: Line) => (row.offer_id ? (row.names[row.offer_id] ?? "") : "");
    const keys = (row: Line) =>
      kind === "rows"
        ? (row.order_id ?? row.click ?? row.customer ?? "-")
        : [offer(row) || row.order_id, row.country, row.source].filter(Boolean).join(" · ") || "-";
    const said = (side: Side) => {
      const standing = side.standing && word("conversion_status", side.standing);
      const count = side.count == null ? undefined : number(side.count);
      const amount = side.amount ? money(side.amount) : undefined;
      return [standing, count, amount].filter(Boolean).join(" · ") || "-";
    };
    const side = (id: "ours" | "theirs", header: string) =>
      ({
        id,
        header,
        cell: (row) => (
          <span className="figures" title={row[id].at ? dateTime(row[id].at) : undefined}>
            {id === "theirs" && row.word ? `“${row.word}” · ${said(row[id])}` : said(row[id])}
          </span>
        ),
        value: (row) => (row[id].amount ? majorUnits(row[id].amount.minor, row[id].amount.currency) : null),
        width: 190,
        onCard: id === "ours" ? 2 : 3,
      }) satisfies Column<Line>;
    return [
      {
        id: "key",
        header: kind === "rows" ? t("column.key") : t("column.cell"),
        cell: (row) => <span translate="no">{keys(row)}</span>,
        value: keys,
        width: 170,
        onCard: 1,
      },
      side("ours", t("side.ours")),
      side("theirs", t("side.theirs")),
      {
        id: "row",
        header: t("column.row"),
        hint: t("column.row_hint"),
        cell: (row) => (row.row == null ? "-" : number(row.row)),
        value: (row) => row.row,
        align: "end",
        width: 80,
      },
      {
        id: "problem",
        header: t("column.problem"),
        hint: t("column.problem_hint"),
        cell: (row) => row.problem_words ?? row.note ?? "-",
        value: (row) => row.problem_words ?? row.note,
        width: 240,
      },
    ];
  }, [t, word, number, money, dateTime, kind]);
}
