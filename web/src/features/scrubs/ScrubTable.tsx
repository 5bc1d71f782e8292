import { IconEraser } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords, type wordOf } from "~/domain/words";
import { shortId } from "~/features/conversions/model";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { StatusChip } from "~/ui/StatusChip";
import { When } from "~/ui/When";
import { type Scrub, type ScrubFilter, useScrubs } from "./model";
import { APPEAL_TONES, STATE_TONES, useScrubWords } from "./useScrubWords";

/** Whose list it is: each side sees what concerns it. */
export type Side = "staff" | "advertiser" | "partner";

interface Props {
  side: Side;
  filter: ScrubFilter;
  open?: string;
  onOpen: (row: Scrub) => void;
  onClearFilters?: () => void;
  toolbar?: ReactNode;
  emptyText: string;
  action?: ReactNode;
}

/** Conversions that advertisers asked to have removed, newest first. */
export function ScrubTable(props: Props) {
  const { side, filter, open, onOpen, onClearFilters, toolbar, emptyText, action } = props;
  const { t } = useTranslation("scrubs");
  const list = useScrubs(filter);
  const columns = useColumns(side);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={list.rows}
      rowId={(row) => row.id}
      onRowOpen={onOpen}
      openRowId={open}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      filtered={onClearFilters && isFiltered}
      onClearFilters={onClearFilters}
      toolbar={toolbar}
      empty={
        <EmptyState
          icon={<IconEraser size={28} stroke={1.5} />}
          title={t("none")}
          text={emptyText}
          action={action}
        />
      }
      storageKey={`scrubs-${side}`}
      copyName="scrubs"
    />
  );
}

function useColumns(side: Side): Column<Scrub>[] {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const word: typeof wordOf = useWords();
  return useMemo(() => {
    const name = (row: Scrub, id: string | null | undefined) => (id ? (row.names[id] ?? shortId(id)) : "-");
    const reason = (row: Scrub) => word("conversion_reason", row.reason);
    const columns: (Column<Scrub> | false)[] = [
      {
        id: "conversion",
        header: t("column.conversion"),
        cell: (row) => (
          <HrefLink href={`/conversions/${row.conversion_id}`}>
            <span translate="no">{shortId(row.conversion_id)}</span>
          </HrefLink>
        ),
        value: (row) => row.conversion_id,
        width: 150,
        onCard: side === "staff" ? undefined : 1,
      },
      side === "staff" && {
        id: "advertiser",
        header: t("column.advertiser"),
        cell: (row) => <span translate="no">{name(row, row.advertiser_id)}</span>,
        value: (row) => name(row, row.advertiser_id),
        width: 160,
        onCard: 1,
      },
      side === "staff" && {
        id: "partner",
        header: t("column.partner"),
        cell: (row) => <span translate="no">{name(row, row.partner_id)}</span>,
        value: (row) => name(row, row.partner_id),
        width: 150,
      },
      {
        id: "state",
        header: t("column.state"),
        cell: (row) => <StatusChip tone={STATE_TONES[row.state]} label={words.state[row.state]} />,
        value: (row) => words.state[row.state],
        width: 140,
        onCard: 3,
      },
      { id: "reason", header: t("column.reason"), cell: reason, value: reason, width: 190, onCard: 2 },
      side !== "partner" && {
        id: "revenue",
        header: t("column.revenue"),
        hint: t("column.revenue_hint"),
        cell: (row) => <Money value={row.revenue} />,
        value: (row) => row.revenue && majorUnits(row.revenue.minor, row.revenue.currency),
        align: "end",
        width: 120,
      },
      side !== "advertiser" && {
        id: "payout",
        header: t("column.payout"),
        hint: t("column.payout_hint"),
        cell: (row) => <Money value={row.payout} />,
        value: (row) => row.payout && majorUnits(row.payout.minor, row.payout.currency),
        align: "end",
        width: 120,
      },
      side !== "advertiser" && {
        id: "bearer",
        header: t("column.bearer"),
        cell: (row) => (row.bearer ? words.bearer[row.bearer] : "-"),
        value: (row) => row.bearer && words.bearer[row.bearer],
        width: 130,
      },
      side !== "advertiser" && {
        id: "appeal",
        header: t("column.appeal"),
        cell: (row) =>
          row.appeal_state ? (
            <StatusChip tone={APPEAL_TONES[row.appeal_state]} label={words.appeal[row.appeal_state]} />
          ) : (
            "-"
          ),
        value: (row) => row.appeal_state && words.appeal[row.appeal_state],
        width: 150,
        onCard: 3,
      },
      {
        id: "asked",
        header: t("column.asked"),
        cell: (row) => <When value={row.created_at} />,
        value: (row) => row.created_at,
        width: 130,
      },
      side !== "partner" && {
        id: "deadline",
        header: t("column.deadline"),
        hint: t("column.deadline_hint"),
        cell: (row) => <When value={row.deadline_at} as="date" />,
        value: (row) => row.deadline_at,
        width: 130,
      },
    ];
    return columns.filter((column) => column !== false);
  }, [t, word, words, side]);
}
