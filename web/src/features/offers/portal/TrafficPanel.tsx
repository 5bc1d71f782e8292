import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { TargetingSummary } from "~/domain/targeting/TargetingSummary";
import { useWords } from "~/domain/words";
import { useApprovedTraffic } from "~/features/links/portal/queries";
import { sortedTraffic } from "~/features/links/portal/traffic";
import type { Offer } from "../model";
import { Panel } from "./Panel";

/** Which traffic the offer takes, which it takes once approved, and which never. */
export function TrafficPanel({ offer, asks = true }: { offer: Offer; asks?: boolean }) {
  const { t } = useTranslation("portal");
  const { t: words } = useTranslation("targeting");
  const approved = useApprovedTraffic(asks && offer.enrollment ? offer.id : undefined);
  const sorted = sortedTraffic(offer.traffic_rules, approved);
  const takesAll = sorted.forbidden.length + sorted.byApproval.length + sorted.approved.length === 0;
  return (
    <Panel title={t("traffic.title")}>
      <Stack gap="sm">
        <Types label={t("traffic.forbidden")} types={sorted.forbidden} />
        <Types
          label={t("traffic.by_approval")}
          types={sorted.byApproval}
          hint={asks ? t("traffic.by_approval_hint") : undefined}
        />
        <Types label={t("traffic.approved")} types={sorted.approved} />
        <Text>{takesAll ? t("traffic.all") : t("traffic.rest")}</Text>
        <div>
          <Text fw={600}>{words("offer.of_offer")}</Text>
          <TargetingSummary conditions={offer.targeting} />
        </div>
      </Stack>
    </Panel>
  );
}

function Types({ label, types, hint }: { label: string; types: string[]; hint?: string }) {
  const word = useWords();
  if (types.length === 0) return null;
  return (
    <div>
      <Text fw={600}>{label}</Text>
      <Group gap={6} mt={4}>
        {types.map((type) => (
          <Badge key={type} variant="default" tt="none" fw={500} size="lg">
            {word("traffic_type", type)}
          </Badge>
        ))}
      </Group>
      {hint && (
        <Text size="sm" c="dimmed" mt={4}>
          {hint}
        </Text>
      )}
    </div>
  );
}
