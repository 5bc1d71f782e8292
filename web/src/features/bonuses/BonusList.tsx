import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { bodyOf, type Named, named } from "~/features/offers/model";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { When } from "~/ui/When";
import { figureText } from "./figure";

type Bonus = Named<Schemas["BonusOut"]>;

const PAGE = 100;

interface Props {
  /** Whose; of everybody where it is absent. */
  partnerId?: string;
  offerId?: string;
  /** What stands around the table; nothing is drawn where none was given. */
  frame: (table: ReactNode) => ReactNode;
}

/** Bonuses that were given, those taken back among them. */
export function BonusList({ partnerId, offerId, frame }: Props) {
  const { t } = useTranslation("payouts");
  const bonuses = useList<Bonus>(["bonuses", partnerId, offerId], async (cursor, signal) => {
    const query = { partner_id: partnerId, offer_id: offerId, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/bonuses", { params: { query }, signal })));
  });
  const columns = useBonusColumns(partnerId === undefined);
  if (bonuses.rows.length === 0) return null;
  return frame(
    <DataTable
      caption={t("bonuses.title")}
      columns={columns}
      rows={bonuses.rows}
      rowId={({ id }) => id}
      state={bonuses.state}
      error={bonuses.error}
      onRetry={bonuses.retry}
      hasMore={bonuses.hasMore}
      loadingMore={bonuses.loadingMore}
      onEndReached={bonuses.loadMore}
      storageKey="bonuses"
      copyName="bonuses"
    />,
  );
}

function useBonusColumns(hasPartner: boolean): Column<Bonus>[] {
  const { t } = useTranslation("payouts");
  const { t: plans } = useTranslation("plan_editor");
  const word = useWords();
  const format = useFormat();
  return useMemo(() => {
    const metrics = {
      conversions: plans("metric.conversions"),
      amount: plans("metric.amount"),
      revenue: plans("metric.revenue"),
    };
    const figure = (id: "reached" | "threshold", header: string): Column<Bonus> => ({
      id,
      header,
      align: "end",
      width: 130,
      cell: (bonus) => figureText(format, bonus.metric, bonus[id], bonus.amount.currency),
      value: (bonus) => bonus[id],
    });
    const whose: Column<Bonus> = hasPartner
      ? {
          id: "partner_id",
          header: t("bonuses.partner"),
          width: 200,
          sortable: true,
          cell: ({ names, partner_id }) => <span translate="no">{names[partner_id]}</span>,
          value: ({ names, partner_id }) => names[partner_id] ?? "",
          onCard: 2,
        }
      : {
          id: "offer_id",
          header: t("bonuses.offer"),
          width: 200,
          sortable: true,
          cell: ({ names, offer_id }) => <span translate="no">{names[offer_id]}</span>,
          value: ({ names, offer_id }) => names[offer_id] ?? "",
          onCard: 2,
        };
    return [
      {
        id: "given_at",
        header: t("bonuses.given"),
        width: 120,
        sortable: true,
        cell: ({ given_at }) => <When value={given_at} as="date" />,
        value: ({ given_at }) => given_at,
        onCard: 1,
      },
      whose,
      {
        id: "metric",
        header: t("bonuses.counted"),
        width: 150,
        cell: ({ metric }) => metrics[metric],
        value: ({ metric }) => metrics[metric],
      },
      {
        id: "period_start",
        header: t("bonuses.period"),
        width: 140,
        cell: ({ period_start }) =>
          period_start ? <When value={period_start} as="date" /> : plans("period.total"),
        value: ({ period_start }) => period_start ?? "",
      },
      figure("reached", t("bonuses.reached")),
      figure("threshold", t("bonuses.threshold")),
      {
        id: "amount",
        header: t("bonuses.amount"),
        align: "end",
        width: 130,
        sortable: true,
        cell: ({ amount }) => <Money value={amount} />,
        value: ({ amount }) => majorUnits(amount.minor, amount.currency),
        onCard: 3,
      },
      {
        id: "state",
        header: t("bonuses.state"),
        width: 150,
        cell: ({ state }) => <StateChip of="bonus" state={state} />,
        value: ({ state }) => word("bonus_state", state),
        onCard: 4,
      },
      {
        id: "lock_at",
        header: t("bonuses.payable"),
        width: 140,
        cell: ({ lock_at, state }) => (state === "standing" ? <When value={lock_at} as="date" /> : "-"),
        value: ({ lock_at }) => lock_at,
      },
    ];
  }, [t, plans, word, format, hasPartner]);
}
