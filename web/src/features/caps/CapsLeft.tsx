import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import type { Offer } from "~/features/offers/model";
import { Panel } from "~/features/offers/portal/Panel";
import { AskForCap } from "./AskForCap";
import { CapBar, CapForecast } from "./CapBar";
import { useCaps } from "./model";
import { RequestList } from "./RequestList";
import { useRequests } from "./requests";
import { useCapWords } from "./useCapWords";

/** What is left of the caps that a partner or an advertiser meets on one offer, and what was asked for. */
export function CapsLeft({ offer, isPartner }: { offer: Offer; isPartner?: boolean }) {
  const { t } = useTranslation("caps");
  const { what } = useCapWords();
  const [asks, setAsks] = useState(false);
  const caps = useCaps({ offer_id: offer.id, state: "active" });
  const requests = useRequests({ offer_id: offer.id });
  const mayAsk = useMay("cap_requests:write") && isPartner;
  const open = requests.rows.filter(({ state }) => state === "requested" || state === "with_advertiser");
  const told = isPartner ? requests.rows.slice(0, 3) : open;
  if (caps.rows.length === 0 && told.length === 0 && !mayAsk) return null;
  return (
    <Panel
      title={t("left_title")}
      action={
        mayAsk && (
          <Button variant="default" size="xs" mih={32} onClick={() => setAsks(true)}>
            {t("ask.open")}
          </Button>
        )
      }
    >
      <Stack gap="md">
        {caps.rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("left_none")}
          </Text>
        )}
        {caps.rows.map((cap) => (
          <Stack key={cap.id} gap={2}>
            <Text fw={600} size="sm">
              {what(cap)}
            </Text>
            <CapBar cap={cap} />
            <Text size="sm" c="dimmed">
              <CapForecast cap={cap} />
            </Text>
          </Stack>
        ))}
        {told.length > 0 && <RequestList requests={told} decides={isPartner ? undefined : "advertiser"} />}
      </Stack>
      {asks && <AskForCap offer={offer} onClose={() => setAsks(false)} />}
    </Panel>
  );
}
