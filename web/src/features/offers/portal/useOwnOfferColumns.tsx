import { useTranslation } from "react-i18next";
import { useMetrics } from "~/domain/metrics";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { Amounts } from "~/ui/Amounts";
import type { Column } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { FigureLink } from "../FigureLink";
import type { Figures } from "../figures";
import type { Named, Offer } from "../model";

type OwnOffer = Named<Offer>;

export const OWN_OFFER_METRICS = ["clicks", "conversions", "pending", "revenue", "sale_amount"] as const;

/** The columns of an advertiser's own offers. */
export function useOwnOfferColumns(figures: Figures): Column<OwnOffer>[] {
  const { t } = useTranslation("portal");
  const word = useWords();
  const metrics = useMetrics();
  const chargeText = usePayoutWords();
  const { number } = useFormat();
  const charge = (offer: OwnOffer) =>
    offer.goals
      .filter(({ revenue }) => revenue)
      .map((goal) => chargeText(goal.revenue, goal, offer.currency))
      .join(", ");
  const figure = (metric: (typeof OWN_OFFER_METRICS)[number]): Column<OwnOffer> => ({
    id: metric,
    header: metrics.name(metric),
    hint: metrics.formula(metric),
    align: "end",
    descFirst: true,
    width: 110,
    value: ({ id }) => figures.of(id, metric),
    cell: ({ id }) => number(figures.of(id, metric)),
  });
  const amount = (metric: "revenue" | "sale_amount"): Column<OwnOffer> => ({
    ...figure(metric),
    cell: ({ id }) => <Amounts values={figures.amounts(id, metric)} />,
    csv: ({ id }) => figures.plain(id, metric),
  });
  return [
    {
      id: "name",
      header: t("own_offers.name"),
      value: ({ name }) => name,
      cell: ({ name }) => name,
      width: 160,
      onCard: 1,
      hideable: false,
    },
    {
      id: "state",
      header: t("own_offers.state"),
      value: ({ state }) => word("offer_state", state),
      cell: ({ state }) => <StateChip of="offer" state={state} />,
      width: 100,
    },
    {
      id: "charge",
      header: t("own_offers.charge"),
      sortable: false,
      csv: charge,
      cell: charge,
      width: 150,
      onCard: 2,
    },
    figure("clicks"),
    {
      ...figure("conversions"),
      cell: ({ id }) => (
        <FigureLink to="/conversions" search={{ offer: id }}>
          {number(figures.of(id, "conversions"))}
        </FigureLink>
      ),
    },
    {
      ...figure("pending"),
      cell: ({ id }) => (
        <FigureLink to="/conversions" search={{ offer: id, status: "pending" }}>
          {number(figures.of(id, "pending"))}
        </FigureLink>
      ),
    },
    amount("sale_amount"),
    { ...amount("revenue"), width: 125, onCard: 3 },
  ];
}
