import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { When } from "~/ui/When";

type Posting = Named<Schemas["AccrualPostingOut"]>;

const PAGE = 100;

interface Props {
  partnerId: string;
  /** What stands around the table; nothing is drawn where clicks and views earn nothing. */
  frame: (table: ReactNode) => ReactNode;
}

/** What a partner's clicks and views earned, day by day. */
export function TrafficEarnings({ partnerId, frame }: Props) {
  const { t } = useTranslation("payouts");
  const postings = useList<Posting>(["accruals", partnerId], async (cursor, signal) => {
    const query = { partner_id: partnerId, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/accruals", { params: { query }, signal })));
  });
  const columns = usePostingColumns();
  if (postings.rows.length === 0) return null;
  return frame(
    <DataTable
      caption={t("traffic.title")}
      columns={columns}
      rows={postings.rows}
      rowId={({ id }) => id}
      state={postings.state}
      error={postings.error}
      onRetry={postings.retry}
      hasMore={postings.hasMore}
      loadingMore={postings.loadingMore}
      onEndReached={postings.loadMore}
      storageKey="traffic-earnings"
      copyName="traffic-earnings"
    />,
  );
}

function usePostingColumns(): Column<Posting>[] {
  const { t } = useTranslation("payouts");
  const { number } = useFormat();
  return useMemo(() => {
    const count = (id: "clicks" | "views", header: string): Column<Posting> => ({
      id,
      header,
      align: "end",
      width: 110,
      sortable: true,
      cell: (posting) => number(posting[id]),
      value: (posting) => posting[id],
    });
    return [
      {
        id: "day",
        header: t("traffic.day"),
        hint: t("traffic.day_hint"),
        width: 120,
        sortable: true,
        cell: ({ day }) => <span className="figures">{day}</span>,
        value: ({ day }) => day,
        onCard: 1,
      },
      {
        id: "offer_id",
        header: t("traffic.offer"),
        width: 220,
        sortable: true,
        cell: ({ names, offer_id }) => <span translate="no">{names[offer_id]}</span>,
        value: ({ names, offer_id }) => names[offer_id] ?? "",
        onCard: 2,
      },
      count("clicks", t("traffic.clicks")),
      count("views", t("traffic.views")),
      {
        id: "earned_minor",
        header: t("traffic.earned"),
        hint: t("traffic.earned_hint"),
        align: "end",
        width: 140,
        sortable: true,
        cell: ({ earned_minor: minor, currency }) => <Money value={{ minor, currency }} />,
        value: ({ earned_minor, currency }) => majorUnits(earned_minor, currency),
        onCard: 3,
      },
      {
        id: "lock_at",
        header: t("traffic.payable"),
        width: 140,
        cell: ({ lock_at }) => <When value={lock_at} as="date" />,
        value: ({ lock_at }) => lock_at,
        onCard: 4,
      },
    ];
  }, [t, number]);
}
