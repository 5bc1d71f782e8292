import { Text } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { shortId } from "~/features/conversions/model";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { StatusChip } from "~/ui/StatusChip";
import { When } from "~/ui/When";
import { type Dispute, type DisputeFilter, isLate, useDisputes } from "./model";
import { STATE_TONES, useDisputeWords } from "./useDisputeWords";

interface Props {
  filter: DisputeFilter;
  /** A partner's own. */
  isOwn?: boolean;
  open?: string;
  onOpen: (row: Dispute) => void;
  onClearFilters?: () => void;
  toolbar?: ReactNode;
  emptyText: string;
  action?: ReactNode;
}

/** Disputes with how long each has waited, newest first. */
export function DisputeTable(props: Props) {
  const { filter, isOwn = false, open, onOpen, onClearFilters, toolbar, emptyText, action } = props;
  const { t } = useTranslation("disputes");
  const list = useDisputes(filter);
  const columns = useColumns(isOwn);
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
      filtered={onClearFilters && Object.values(filter).some((value) => value !== undefined)}
      onClearFilters={onClearFilters}
      toolbar={toolbar}
      empty={
        <EmptyState
          icon={<IconGavel size={28} stroke={1.5} />}
          title={t("none")}
          text={emptyText}
          action={action}
        />
      }
      storageKey={isOwn ? "own-disputes" : "disputes"}
      copyName="disputes"
    />
  );
}

/** What it is about, in short: the conversion, or what names the missing one. */
export function aboutOf(row: Omit<Dispute, "names">): string {
  if (row.conversion_id && row.kind !== "missing") return shortId(row.conversion_id);
  return row.order_id ?? row.customer ?? (row.click_id ? shortId(row.click_id) : "-");
}

function useColumns(isOwn: boolean): Column<Dispute>[] {
  const { t } = useTranslation("disputes");
  const words = useDisputeWords();
  return useMemo(() => {
    const partner: Column<Dispute> = {
      id: "partner",
      header: t("column.partner"),
      cell: (row) => <span translate="no">{row.names[row.partner_id] ?? shortId(row.partner_id)}</span>,
      value: (row) => row.names[row.partner_id] ?? row.partner_id,
      width: 170,
      onCard: 1,
    };
    return [
      ...(isOwn ? [] : [partner]),
      {
        id: "kind",
        header: t("column.kind"),
        cell: (row) => words.kind[row.kind],
        value: (row) => words.kind[row.kind],
        width: 170,
        onCard: isOwn ? 1 : 2,
      },
      {
        id: "about",
        header: t("column.about"),
        cell: (row) => <span translate="no">{aboutOf(row)}</span>,
        value: aboutOf,
        width: 150,
        onCard: 2,
      },
      {
        id: "state",
        header: t("column.state"),
        cell: (row) => <StatusChip tone={STATE_TONES[row.state]} label={words.state[row.state]} />,
        value: (row) => words.state[row.state],
        width: 165,
        onCard: 3,
      },
      {
        id: "amount",
        header: t("column.amount"),
        hint: isOwn ? t("open.amount_help") : t("column.amount_hint"),
        cell: (row) => (row.amount ? <Money value={row.amount} /> : "-"),
        value: (row) => row.amount && majorUnits(row.amount.minor, row.amount.currency),
        align: "end",
        width: 120,
      },
      {
        id: "age",
        header: t("column.age"),
        cell: (row) => <When value={row.created_at} />,
        value: (row) => row.created_at,
        width: 140,
      },
      {
        id: "due",
        header: t("column.due"),
        hint: t("column.due_hint"),
        cell: (row) =>
          isLate(row) ? (
            <Text span c="var(--ui-down)" fz="inherit">
              {t("late")}, <When value={row.due_at} />
            </Text>
          ) : (
            <When value={row.due_at} as="date" />
          ),
        value: (row) => row.due_at,
        width: 190,
        onCard: 3,
      },
    ];
  }, [t, words, isOwn]);
}
