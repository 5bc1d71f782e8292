import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { forgetPayouts } from "../api";
import { HUNDREDTHS } from "../terms/api";
import { approveEarlyPayout, declineEarlyPayout, type EarlyPayout, earlyPayoutsQuery } from "./api";

/** Who asks to be paid before the day; nothing where nobody does. */
export function EarlyRequests() {
  const { t } = useTranslation("payouts");
  const { data } = useQuery(earlyPayoutsQuery());
  if (!data || data.items.length === 0) return null;
  return (
    <Section title={t("early.requests")} hint={t("early.requests_hint")}>
      <Stack gap="md">
        {data.items.map((request) => (
          <Request key={request.id} request={request} name={data.names[request.partner_id]} />
        ))}
      </Stack>
    </Section>
  );
}

function Request({ request, name }: { request: EarlyPayout; name: string | undefined }) {
  const { t } = useTranslation("payouts");
  const { money, number } = useFormat();
  const queries = useQueryClient();
  const [answering, setAnswering] = useState<"approve" | "decline">();
  const partner = name ?? request.partner_id;
  const told = {
    partner,
    amount: money(request.amount),
    share: number(request.share_bp / HUNDREDTHS),
  };
  const forget = () =>
    Promise.all([forgetPayouts(queries), queries.invalidateQueries({ queryKey: ["early-payouts"] })]);
  return (
    <Group justify="space-between" align="flex-start">
      <div>
        <Text size="sm" fw={600}>
          <Link to="/partners/$partnerId" params={{ partnerId: request.partner_id }}>
            {partner}
          </Link>
        </Text>
        <Text size="sm">{t("early.asks", told)}</Text>
        <Text size="sm" c="dimmed">
          <When value={request.asked_at} />
        </Text>
      </div>
      <Group gap="xs">
        <Button size="xs" mih={32} onClick={() => setAnswering("approve")}>
          {t("early.approve")}
        </Button>
        <Button size="xs" mih={32} variant="default" onClick={() => setAnswering("decline")}>
          {t("early.decline")}
        </Button>
      </Group>
      <ConfirmDialog
        opened={answering === "approve"}
        onClose={() => setAnswering(undefined)}
        title={t("early.approve_title", told)}
        confirmLabel={t("early.approve")}
        onConfirm={async () => {
          await approveEarlyPayout(request.id);
          await forget();
          notifyDone(t("early.approved"));
        }}
      >
        {t("early.approve_text", told)}
      </ConfirmDialog>
      <ConfirmDialog
        opened={answering === "decline"}
        onClose={() => setAnswering(undefined)}
        title={t("early.decline_title", told)}
        confirmLabel={t("early.decline")}
        noteLabel={t("early.reason")}
        noteRequired
        onConfirm={async ({ note }) => {
          await declineEarlyPayout(request.id, note);
          await forget();
          notifyDone(t("early.declined"));
        }}
      >
        {t("early.decline_text", told)}
      </ConfirmDialog>
    </Group>
  );
}
