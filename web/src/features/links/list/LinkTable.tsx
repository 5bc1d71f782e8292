import { useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { useUnchanged } from "~/features/conversions/useUnchanged";
import { FigureLink } from "~/features/offers/FigureLink";
import { useFiguresBy } from "~/features/offers/figures";
import type { Named } from "~/features/offers/model";
import { textOf, usePageState } from "~/frame/search";
import { Amounts } from "~/ui/Amounts";
import { CopyButton } from "~/ui/Copyable";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { StaffLinkDrawer } from "../detail/StaffLinkDrawer";
import type { TrackingLink, useLinks } from "../queries";

type Row = Named<TrackingLink>;

interface Props {
  list: ReturnType<typeof useLinks>;
  /** Columns that say the same in every row. */
  hides?: readonly ("partner" | "offer")[];
  toolbar?: ReactNode;
  empty: ReactNode;
  filtered?: boolean;
  onClearFilters?: () => void;
}

const METRICS = ["clicks", "conversions", "payout", "revenue"];

/** Links with their numbers of the period; one opens beside. */
export function LinkTable({ list, hides = [], ...table }: Props) {
  const { t } = useTranslation("links");
  const word = useWords();
  const { number } = useFormat();
  const figures = useFiguresBy("link", METRICS);
  const rows = useUnchanged(list.rows);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const [{ open }, change] = usePageState((raw) => ({ open: textOf(raw, "open") }));
  const figure = (metric: string, cell: (row: Row) => ReactNode, width: number): Column<Row> => ({
    id: metric,
    header: word("metric", metric),
    hint: word("metric_formula", metric),
    align: "end",
    sortable: true,
    width,
    value: (row) => figures.of(row.id, metric),
    cell,
  });
  const amount = (metric: string): Column<Row> => ({
    ...figure(metric, (row) => <Amounts values={figures.amounts(row.id, metric)} />, 112),
    csv: (row) => figures.plain(row.id, metric),
  });
  const nameOf = (row: Row) => row.name ?? row.slug;
  const partnerOf = (row: Row) => row.names[row.partner_id] ?? row.partner_id;
  const offerOf = (row: Row) => row.names[row.offer_id] ?? row.offer_id;
  const ends: Column<Row>[] = [
    {
      id: "partner",
      header: t("list.partner"),
      width: 160,
      sortable: true,
      value: partnerOf,
      cell: partnerOf,
      onCard: 2,
    },
    { id: "offer", header: t("list.offer"), width: 190, sortable: true, value: offerOf, cell: offerOf },
  ];
  const columns: Column<Row>[] = [
    {
      id: "name",
      header: t("list.name"),
      width: 150,
      sortable: true,
      value: nameOf,
      cell: nameOf,
      onCard: 1,
    },
    {
      id: "copy",
      header: t("list.address"),
      width: 84,
      value: (row) => row.url,
      cell: (row) => <CopyButton text={row.url} label={t("list.copy", { name: nameOf(row) })} />,
    },
    ...ends.filter(({ id }) => !hides.some((hidden) => hidden === id)),
    {
      id: "traffic",
      header: t("list.traffic"),
      width: 136,
      sortable: true,
      value: (row) => word("traffic_type", row.traffic_type),
      cell: (row) => word("traffic_type", row.traffic_type),
    },
    {
      id: "state",
      header: t("list.state"),
      width: 124,
      sortable: true,
      value: (row) => word("link_state", row.state),
      cell: (row) => <StateChip of="link" state={row.state} />,
    },
    figure("clicks", (row) => number(figures.of(row.id, "clicks")), 84),
    figure(
      "conversions",
      (row) => (
        <FigureLink to="/conversions" search={{ link: row.id }}>
          {number(figures.of(row.id, "conversions"))}
        </FigureLink>
      ),
      112,
    ),
    { ...amount("payout"), onCard: 3 },
    { ...amount("revenue"), hidden: true },
  ];
  return (
    <>
      <DataTable
        {...table}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        caption={t("list.title")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        rowHref={(row) => `${path}?open=${row.id}`}
        onRowOpen={(row) => change({ open: row.id }, { push: true })}
        openRowId={open}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onEndReached={list.loadMore}
        storageKey="links"
        copyName="links"
      />
      <StaffLinkDrawer linkId={open} onClose={() => change({ open: undefined })} />
    </>
  );
}
