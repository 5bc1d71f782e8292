import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { Amounts } from "~/ui/Amounts";
import type { Column } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { FigureLink } from "../FigureLink";
import type { Figures } from "../figures";
import type { Goal, Named, Offer } from "../model";
import type { EnrollmentCount } from "../queries";

type OfferRow = Named<Offer>;

export const OFFER_METRICS = ["clicks", "conversions", "payout", "revenue"] as const;

/** The goal that stands for the offer in a list. */
function primaryOf(offer: Offer): Goal | undefined {
  return offer.goals.find((goal) => goal.is_primary) ?? offer.goals[0];
}

export function useOfferColumns(
  figures: Figures,
  partners: Map<string, EnrollmentCount> | undefined,
): Column<OfferRow>[] {
  const { t } = useTranslation("offers");
  const word = useWords();
  const payoutText = usePayoutWords();
  const { number } = useFormat();
  const payout = (offer: OfferRow) => {
    const goal = primaryOf(offer);
    return goal ? payoutText(goal.payout, goal, offer.currency) : "-";
  };
  const count = (id: string, header: string, metric: string): Column<OfferRow> => ({
    id,
    header,
    hint: word("metric_formula", metric),
    align: "end",
    sortable: true,
    width: 80,
    value: (row) => figures.of(row.id, metric),
    cell: (row) => number(figures.of(row.id, metric)),
  });
  const amount = (id: string, header: string, metric: string): Column<OfferRow> => ({
    ...count(id, header, metric),
    width: 110,
    cell: (row) => <Amounts values={figures.amounts(row.id, metric)} />,
    csv: (row) => figures.plain(row.id, metric),
  });
  return [
    {
      id: "name",
      header: t("list.name"),
      width: 164,
      sortable: true,
      value: (row) => row.name,
      cell: (row) => row.name,
      onCard: 1,
    },
    {
      id: "state",
      header: t("list.state"),
      width: 108,
      sortable: true,
      value: (row) => word("offer_state", row.state),
      cell: (row) => <StateChip of="offer" state={row.state} />,
    },
    {
      id: "advertiser",
      header: t("list.advertiser"),
      width: 152,
      sortable: true,
      value: (row) => row.names[row.advertiser_id] ?? row.advertiser_id,
      cell: (row) => row.names[row.advertiser_id] ?? "-",
    },
    {
      id: "payout",
      header: t("list.payout"),
      width: 204,
      value: payout,
      cell: (row) => (
        <Text span inherit truncate>
          {payout(row)}
          {row.goals.length > 1 && (
            <Text span inherit c="dimmed">
              {" "}
              {t("list.more_goals", { shown: number(row.goals.length - 1) })}
            </Text>
          )}
        </Text>
      ),
      onCard: 2,
    },
    {
      id: "visibility",
      header: t("list.visibility"),
      width: 130,
      sortable: true,
      hidden: true,
      value: (row) => word("visibility", row.visibility),
      cell: (row) => word("visibility", row.visibility),
    },
    {
      id: "vertical",
      header: t("list.vertical"),
      width: 130,
      sortable: true,
      hidden: true,
      value: (row) => (row.vertical ? word("vertical", row.vertical) : null),
      cell: (row) => (row.vertical ? word("vertical", row.vertical) : "-"),
    },
    {
      id: "partners",
      header: t("list.partners"),
      hint: t("list.partners_hint"),
      align: "end",
      width: 92,
      sortable: true,
      value: (row) => (partners ? (partners.get(row.id)?.open ?? 0) : null),
      cell: (row) => <PartnersCell count={partners?.get(row.id)} isKnown={partners !== undefined} />,
    },
    count("clicks", word("metric", "clicks"), "clicks"),
    {
      ...count("conversions", word("metric", "conversions"), "conversions"),
      width: 104,
      cell: (row) => (
        <FigureLink to="/conversions" search={{ offer: row.id }}>
          {number(figures.of(row.id, "conversions"))}
        </FigureLink>
      ),
    },
    { ...amount("earnings", word("metric", "payout"), "payout"), hidden: true },
    { ...amount("revenue", word("metric", "revenue"), "revenue"), onCard: 3 },
  ];
}

function PartnersCell({ count, isKnown }: { count: EnrollmentCount | undefined; isKnown: boolean }) {
  const { t } = useTranslation("offers");
  const { number } = useFormat();
  if (!isKnown) return "-";
  return (
    <>
      {count?.requested ? (
        <Text span inherit c="dimmed">
          {t("list.waiting", { count: count.requested, shown: number(count.requested) })}{" "}
        </Text>
      ) : null}
      {number(count?.open ?? 0)}
    </>
  );
}
