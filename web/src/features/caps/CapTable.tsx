import type { ReactNode } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { useList } from "~/api/paging";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { StatusChip } from "~/ui/StatusChip";
import { CapBar, CapForecast } from "./CapBar";
import type { NamedCap } from "./model";
import { useCapWords } from "./useCapWords";

interface Props {
  list: ReturnType<typeof useList<NamedCap>>;
  empty: ReactNode;
  toolbar?: ReactNode;
  filtered?: boolean;
  onClearFilters?: () => void;
  onOpen: (cap: NamedCap) => void;
  openId?: string;
}

/** Caps with how full they are and when they will be. */
export function CapTable({ list, empty, toolbar, filtered, onClearFilters, onOpen, openId }: Props) {
  const { t } = useTranslation("caps");
  const columns = useColumns();
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={list.rows}
      rowId={(cap) => cap.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      onRowOpen={onOpen}
      openRowId={openId}
      empty={empty}
      toolbar={toolbar}
      filtered={filtered}
      onClearFilters={onClearFilters}
      rowHeight={56}
      storageKey="caps"
      copyName="caps"
    />
  );
}

function useColumns(): Column<NamedCap>[] {
  const { t } = useTranslation("caps");
  const word = useWords();
  const { what, place } = useCapWords();
  return useMemo(
    () => [
      { id: "what", header: t("field.what"), cell: what, value: what, sortable: true, width: 180, onCard: 1 },
      {
        id: "place",
        header: t("field.place"),
        cell: (cap) => <span translate="no">{place(cap)}</span>,
        value: place,
        sortable: true,
        width: 200,
        onCard: 2,
      },
      {
        id: "used",
        header: t("field.used"),
        cell: (cap) => <CapBar cap={cap} />,
        value: (cap) => cap.pacing.used_percent,
        sortable: true,
        descFirst: true,
        width: 190,
        onCard: 3,
      },
      {
        id: "forecast",
        header: t("field.forecast"),
        cell: (cap) => <CapForecast cap={cap} />,
        value: (cap) => cap.pacing.full_at ?? cap.pacing.reached_at ?? "",
        sortable: true,
        width: 190,
      },
      {
        id: "on_reach",
        header: t("field.on_reach"),
        cell: (cap) => word("cap_on_reach", cap.kind === "test" ? "redirect" : cap.on_reach),
        value: (cap) => word("cap_on_reach", cap.on_reach),
        sortable: true,
        width: 140,
      },
      {
        id: "state",
        header: t("field.state"),
        cell: (cap) =>
          cap.decision === "open" ? (
            <StatusChip tone="pending" label={word("cap_decision", "open")} />
          ) : (
            <StateChip of="cap" state={cap.state} />
          ),
        value: (cap) => word("cap_state", cap.state),
        sortable: true,
        width: 110,
      },
    ],
    [t, word, what, place],
  );
}
