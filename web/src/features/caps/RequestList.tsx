import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { isMoney } from "./model";
import { type NamedRequest, type RequestState, useRequestsChanged } from "./requests";

interface Props {
  requests: readonly NamedRequest[];
  /** Who decides; absent for those who only look. */
  decides?: "manager" | "advertiser";
}

/** Requests for caps, each with what can be done about it. */
export function RequestList({ requests, decides }: Props) {
  return (
    <Stack gap="md">
      {requests.map((request) => (
        <Paper key={request.id} withBorder p="md">
          <Request request={request} decides={decides} />
        </Paper>
      ))}
    </Stack>
  );
}

function Request({ request, decides }: { request: NamedRequest } & Omit<Props, "requests">) {
  const { t } = useTranslation("caps");
  const word = useWords();
  const { number, money } = useFormat();
  const limit =
    isMoney(request.metric) && request.currency
      ? money({ minor: request.limit, currency: request.currency })
      : number(request.limit);
  const names = [request.names[request.offer_id], request.names[request.partner_id]].filter(Boolean);
  const isOpen =
    request.state === "requested" || (request.state === "with_advertiser" && decides !== undefined);
  return (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between">
        <Text fw={600} size="sm">
          {t("ask.line", {
            metric: word("cap_metric", request.metric),
            period: word("cap_period", request.period).toLocaleLowerCase(),
            limit,
          })}
        </Text>
        <StateChip of="cap_request" state={request.state} />
      </Group>
      <Text size="sm" c="dimmed">
        <span translate="no">{names.join(" · ")}</span> · <When value={request.created_at} as="ago" />
      </Text>
      {request.note && (
        <Text size="sm" translate="no">
          {request.note}
        </Text>
      )}
      {request.reason && (
        <Text size="sm">
          {t("ask.reason")}: <span translate="no">{request.reason}</span>
        </Text>
      )}
      {decides && isOpen && <Decide request={request} decides={decides} />}
    </Stack>
  );
}

function Decide({ request, decides }: { request: NamedRequest; decides: "manager" | "advertiser" }) {
  const { t } = useTranslation("caps");
  const changed = useRequestsChanged();
  const [refuses, setRefuses] = useState(false);
  const decide = async (state: RequestState, reason?: string) => {
    await client.PATCH("/v1/cap-requests/{id}", {
      params: { path: { id: request.id } },
      body: { state, reason },
    });
    await changed();
    notifyDone(t("ask.decided"));
  };
  return (
    <Group gap="xs">
      <Button size="xs" mih={32} onClick={() => void decide("confirmed")}>
        {t("ask.confirm")}
      </Button>
      {decides === "manager" && request.state === "requested" && (
        <Button size="xs" mih={32} variant="default" onClick={() => void decide("with_advertiser")}>
          {t("ask.to_advertiser")}
        </Button>
      )}
      <Button size="xs" mih={32} variant="default" onClick={() => setRefuses(true)}>
        {t("ask.refuse")}
      </Button>
      <ConfirmDialog
        opened={refuses}
        onClose={() => setRefuses(false)}
        title={t("ask.refuse")}
        confirmLabel={t("ask.refuse")}
        noteLabel={t("ask.reason")}
        noteRequired
        onConfirm={({ note }) => decide("refused", note)}
      >
        {t("ask.refuse_effect")}
      </ConfirmDialog>
    </Group>
  );
}
