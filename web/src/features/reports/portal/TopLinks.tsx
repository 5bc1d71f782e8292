import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useReport } from "~/domain/report";
import type { NamedLink } from "~/features/links/portal/queries";
import { linkName } from "~/features/links/portal/useLinkColumns";
import { TopList } from "../dashboard/TopList";

const SHOWN = 8;

/** The links that earned most in the period. */
export function TopLinks({ links }: { links: readonly NamedLink[] }) {
  const { t } = useTranslation("portal");
  const { range } = usePeriod();
  const { data } = useReport({
    from: range.from,
    to: range.to,
    dimensions: ["link"],
    metrics: ["payout"],
    sort: ["-payout"],
    limit: SHOWN,
  });
  const currency = data?.columns.find((column) => column.currency)?.currency ?? "EUR";
  const name = (id: string | null) => {
    const link = links.find((one) => one.id === id);
    return link ? `${linkName(link)}, ${link.names[link.offer_id] ?? ""}` : ((id && data?.labels[id]) ?? id);
  };
  return (
    <TopList
      title={t("home.top_links")}
      top={data}
      currency={currency}
      name={name}
      href={(id) => `/links?open=${id}`}
    />
  );
}
