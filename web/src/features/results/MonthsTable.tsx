import { IconPercentage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/Page";
import { MonthDrawer } from "./MonthDrawer";
import type { useMonths } from "./model";
import { useMonthColumns } from "./useMonthColumns";

interface Props {
  months: ReturnType<typeof useMonths>;
  /** For those who see the months of many. */
  withPartner?: boolean;
  /** The id of the month that is open beside. */
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
  emptyText: string;
  storageKey: string;
  toolbar?: ReactNode;
  filtered?: boolean;
  onClearFilters?: () => void;
}

/** Closed months as rows; one opens beside them. */
export function MonthsTable({ months, withPartner = false, open, onOpen, emptyText, ...rest }: Props) {
  const { t } = useTranslation("results");
  const columns = useMonthColumns(withPartner);
  const opened = months.rows.find(({ id }) => id === open);
  return (
    <>
      <DataTable
        {...rest}
        caption={t("title")}
        columns={columns}
        rows={months.rows}
        rowId={(month) => month.id ?? ""}
        state={months.state}
        error={months.error}
        onRetry={months.retry}
        hasMore={months.hasMore}
        loadingMore={months.loadingMore}
        onEndReached={months.loadMore}
        onRowOpen={(month) => onOpen(month.id ?? undefined)}
        openRowId={open}
        empty={
          <EmptyState icon={<IconPercentage size={28} stroke={1.5} />} title={t("none")} text={emptyText} />
        }
        copyName="revenue-share"
      />
      {opened && <MonthDrawer key={opened.id} month={opened} onClose={() => onOpen(undefined)} />}
    </>
  );
}
