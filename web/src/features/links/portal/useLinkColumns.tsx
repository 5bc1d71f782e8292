import { useTranslation } from "react-i18next";
import { useFigures } from "~/domain/figures";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import type { Figures } from "~/features/offers/figures";
import { Amounts } from "~/ui/Amounts";
import { CopyButton } from "~/ui/Copyable";
import type { Column } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { When } from "~/ui/When";
import type { NamedLink } from "./queries";

export const LINK_METRICS = ["clicks", "conversions", "payout", "cr", "epc"] as const;

/** A link by the name its owner gave it, else by its code. */
export function linkName(link: { name?: string | null; slug: string }): string {
  return link.name ?? link.slug;
}

export function useLinkColumns(
  figures: Figures,
  currency: string,
  hasArchived: boolean,
): Column<NamedLink>[] {
  const { t } = useTranslation("portal");
  const word = useWords();
  const format = useFormat();
  const figure = useFigures(currency);
  const count = (metric: "clicks" | "conversions"): Column<NamedLink> => ({
    id: metric,
    header: word("metric", metric),
    hint: word("metric_formula", metric),
    align: "end",
    descFirst: true,
    width: metric === "clicks" ? 92 : 112,
    value: ({ id }) => figures.of(id, metric),
    cell: ({ id }) => <span className="figures">{format.number(figures.of(id, metric))}</span>,
  });
  return [
    {
      id: "name",
      header: t("links.name"),
      value: linkName,
      cell: (link) => <span translate="no">{linkName(link)}</span>,
      width: 140,
      hideable: false,
      onCard: 1,
    },
    {
      id: "offer",
      header: t("links.offer"),
      value: ({ names, offer_id }) => names[offer_id],
      cell: ({ names, offer_id }) => <span translate="no">{names[offer_id]}</span>,
      width: 140,
      onCard: 2,
    },
    {
      id: "address",
      header: t("links.address"),
      sortable: false,
      csv: ({ url }) => url,
      cell: ({ url, ...link }) => <CopyButton text={url} label={t("links.copy", { name: linkName(link) })} />,
      width: 72,
    },
    count("clicks"),
    count("conversions"),
    {
      id: "payout",
      header: word("metric", "payout"),
      hint: word("metric_formula", "payout"),
      align: "end",
      descFirst: true,
      width: 105,
      value: ({ id }) => figures.of(id, "payout"),
      csv: ({ id }) => figures.plain(id, "payout"),
      cell: ({ id }) => <Amounts values={figures.amounts(id, "payout")} />,
      onCard: 3,
    },
    ...(["cr", "epc"] as const).map(
      (metric): Column<NamedLink> => ({
        id: metric,
        header: word("metric", metric),
        hint: word("metric_formula", metric),
        align: "end",
        descFirst: true,
        width: 75,
        value: ({ id }) => figures.of(id, metric),
        cell: ({ id }) => (
          <span className="figures">
            {figure(
              metric === "cr" ? "ratio" : "micros",
              figures.of(id, "clicks") ? figures.of(id, metric) : null,
            )}
          </span>
        ),
      }),
    ),
    {
      id: "traffic",
      header: t("links.traffic"),
      width: 125,
      value: ({ traffic_type }) => word("traffic_type", traffic_type),
      cell: ({ traffic_type }) => word("traffic_type", traffic_type),
    },
    {
      id: "state",
      header: t("links.state"),
      width: 110,
      value: ({ state }) => word("link_state", state),
      cell: ({ state }) => <StateChip of="link" state={state} />,
      hidden: !hasArchived,
    },
    {
      id: "made",
      header: t("links.made"),
      value: ({ created_at }) => created_at,
      cell: ({ created_at }) => <When value={created_at} as="date" />,
      hidden: true,
    },
  ];
}
