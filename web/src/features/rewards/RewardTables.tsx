import { IconGift } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/Page";
import {
  type RedemptionState,
  type RewardBalance,
  type RewardFilter,
  type RewardRedemption,
  useRedemptions,
  useRewardBalances,
  useRewardEntries,
} from "./model";
import { useBalanceColumns, useEntryColumns, useRedemptionColumns } from "./useRewardColumns";

function Nothing({ title, text }: { title: string; text: string }) {
  return <EmptyState icon={<IconGift size={28} stroke={1.5} />} title={title} text={text} />;
}

interface ListProps {
  filter: RewardFilter;
  /** The list is one partner's own. */
  isOwn?: boolean;
  toolbar?: ReactNode;
  onClearFilters?: () => void;
}

function isFiltered(filter: object): boolean {
  return Object.values(filter).some((one) => one !== undefined);
}

/** What each partner has of each unit. */
export function BalanceTable(props: ListProps & { onOpen: (row: RewardBalance) => void }) {
  const { t } = useTranslation("rewards");
  const list = useRewardBalances(props.filter);
  return (
    <DataTable
      caption={t("balances")}
      columns={useBalanceColumns()}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      onRowOpen={props.onOpen}
      filtered={isFiltered(props.filter)}
      onClearFilters={props.onClearFilters}
      toolbar={props.toolbar}
      empty={<Nothing title={t("none")} text={t("none_text")} />}
      storageKey="reward-balances"
      copyName="reward-balances"
    />
  );
}

/** Each change of a balance. */
export function EntryTable({ filter, isOwn = false, toolbar, onClearFilters }: ListProps) {
  const { t } = useTranslation("rewards");
  const list = useRewardEntries(filter);
  return (
    <DataTable
      caption={t("entries")}
      columns={useEntryColumns(!isOwn)}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      filtered={!isOwn && isFiltered(filter)}
      onClearFilters={onClearFilters}
      toolbar={toolbar}
      empty={<Nothing title={t("no_entries")} text={t("no_entries_text")} />}
      storageKey="reward-entries"
      copyName="reward-entries"
    />
  );
}

interface RedemptionProps extends ListProps {
  state?: RedemptionState;
  onOpen?: (row: RewardRedemption) => void;
}

/** What rewards were given up for. */
export function RedemptionTable(props: RedemptionProps) {
  const { filter, isOwn = false, state, onOpen, toolbar, onClearFilters } = props;
  const { t } = useTranslation("rewards");
  const list = useRedemptions({ ...filter, state });
  return (
    <DataTable
      caption={t("requests")}
      columns={useRedemptionColumns(!isOwn)}
      rows={list.rows}
      rowId={(row) => row.id}
      state={list.state}
      error={list.error}
      onRetry={list.retry}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onEndReached={list.loadMore}
      onRowOpen={onOpen}
      filtered={!isOwn && isFiltered({ ...filter, state })}
      onClearFilters={onClearFilters}
      toolbar={toolbar}
      empty={<Nothing title={t("no_requests")} text={t("no_requests_text")} />}
      storageKey="reward-redemptions"
      copyName="reward-redemptions"
    />
  );
}
