import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import type { Offer } from "~/features/offers/model";
import { Panel } from "~/features/offers/portal/Panel";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { When } from "~/ui/When";
import { AskForRate } from "./AskForRate";
import { type BumpRequest, type BumpState, useAnswer, useBumpRequests } from "./queries";
import { useRateText } from "./useRateText";

/** What a partner asked for on an offer, and what was answered. */
export function OwnRates({ offer }: { offer: Offer }) {
  const { t } = useTranslation("bump_requests");
  const { rows } = useBumpRequests({ offer_id: offer.id });
  const [asks, setAsks] = useState(false);
  return (
    <Panel
      title={t("own")}
      action={
        <Button size="xs" mih={32} variant="default" onClick={() => setAsks(true)}>
          {t("ask")}
        </Button>
      }
    >
      <Stack gap="md">
        {rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("own_none")}
          </Text>
        )}
        {rows.map((request) => (
          <Own key={request.id} request={request} currency={offer.currency} />
        ))}
      </Stack>
      {asks && <AskForRate offer={offer} onClose={() => setAsks(false)} />}
    </Panel>
  );
}

function Own({ request, currency }: { request: BumpRequest; currency: string }) {
  const { t } = useTranslation("bump_requests");
  const rate = useRateText();
  const answer = useAnswer();
  const say = async (state: BumpState) => {
    try {
      await answer(request.id, { state });
      notifyDone(t("answered"));
    } catch (failure) {
      notifyFailed(failure);
    }
  };
  const isOpen = request.state === "requested" || request.state === "countered";
  return (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600}>
          {t("asked_for", { rate: rate(request.wanted, currency) })}
        </Text>
        <StateChip of="bump" state={request.state} />
      </Group>
      {request.offered && <Text size="sm">{t("offered", { rate: rate(request.offered, currency) })}</Text>}
      {request.answer && (
        <Text size="sm" translate="no">
          {request.answer}
        </Text>
      )}
      {request.ends_at && (
        <Text size="sm" c="dimmed">
          {t("ends")} <When value={request.ends_at} />
        </Text>
      )}
      {isOpen && (
        <Group gap="xs">
          {request.state === "countered" && (
            <Button size="xs" mih={32} onClick={() => void say("accepted")}>
              {t("accept")}
            </Button>
          )}
          <Button size="xs" mih={32} variant="default" onClick={() => void say("withdrawn")}>
            {t("withdraw")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
