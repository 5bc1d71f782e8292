import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { sortedTraffic } from "~/features/links/portal/traffic";
import type { Offer } from "../model";

/** In a sentence or two, where the offer may not be promoted. */
export function TrafficSummary({ offer }: { offer: Offer }) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const { forbidden, byApproval } = sortedTraffic(offer.traffic_rules, []);
  const named = (types: string[]) => types.map((type) => word("traffic_type", type)).join(", ");
  return (
    <Text size="sm" c="dimmed">
      {forbidden.length === 0 && byApproval.length === 0 && t("traffic.all")}
      {forbidden.length > 0 && t("traffic.no", { types: named(forbidden) })}{" "}
      {byApproval.length > 0 && t("traffic.ask", { types: named(byApproval) })}
    </Text>
  );
}
