import { IconCalendarEvent } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/Page";
import { type PlacementFilter, usePlacements } from "./model";
import { PlacementDrawer } from "./PlacementDrawer";
import { PlacementForm } from "./PlacementForm";
import { usePlacementColumns } from "./usePlacementColumns";

interface Props {
  filter: PlacementFilter;
  /** The partner whose list it is; several where absent. */
  partnerId?: string;
  /** What is open beside: a placement's id, or `new`. */
  open: string | undefined;
  onOpen: (open: string | undefined) => void;
  emptyText: string;
  add?: ReactNode;
  toolbar?: ReactNode;
  onClearFilters?: () => void;
}

/** Placements with the one that is open beside them. */
export function PlacementList(props: Props) {
  const { filter, partnerId, open, onOpen, add, onClearFilters } = props;
  const { t } = useTranslation("placements");
  const list = usePlacements(filter);
  const columns = usePlacementColumns(partnerId === undefined);
  const opened = list.rows.find(({ id }) => id === open);
  const isFiltered = onClearFilters !== undefined && Object.values(filter).some((one) => one !== undefined);
  return (
    <>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={list.rows}
        rowId={(row) => row.id}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onEndReached={list.loadMore}
        onRowOpen={(row) => onOpen(row.id)}
        openRowId={open}
        filtered={isFiltered}
        onClearFilters={onClearFilters}
        toolbar={props.toolbar}
        empty={
          <EmptyState
            icon={<IconCalendarEvent size={28} stroke={1.5} />}
            title={t("none")}
            text={props.emptyText}
            action={add}
          />
        }
        storageKey="placements"
        copyName="placements"
      />
      {open === "new" && <PlacementForm partnerId={partnerId} onClose={() => onOpen(undefined)} />}
      {opened && <PlacementDrawer key={opened.id} placement={opened} onClose={() => onOpen(undefined)} />}
    </>
  );
}
