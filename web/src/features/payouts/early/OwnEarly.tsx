import { Button, Group, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import type { NextPayout } from "../model";
import { HUNDREDTHS } from "../terms/api";
import { askEarlyPayout, earlyPayoutsQuery, withdrawEarlyPayout } from "./api";

/** A partner asks to be paid today, or sees that its request waits. */
export function OwnEarly({ next }: { next: NextPayout }) {
  const { t } = useTranslation("payouts");
  const { money, number } = useFormat();
  const queries = useQueryClient();
  const partnerId = useMe().partner_id;
  const mayAsk = useMay("early_payouts:write");
  const [isAsking, setIsAsking] = useState(false);
  const { data } = useQuery({
    ...earlyPayoutsQuery(partnerId ?? undefined),
    enabled: partnerId != null && mayAsk,
  });
  const forget = () => queries.invalidateQueries({ queryKey: ["early-payouts"] });
  const waiting = data?.items.find(({ amount }) => amount.currency === next.currency);
  if (!data) return null;
  if (waiting) {
    const withdraw = async () => {
      try {
        await withdrawEarlyPayout(waiting.id);
        await forget();
        notifyDone(t("early.withdrawn"));
      } catch (failure) {
        notifyFailed(failure);
      }
    };
    return (
      <Group gap="sm">
        <Text size="sm">{t("early.waiting", { amount: money(waiting.amount) })}</Text>
        <Button size="xs" mih={32} variant="default" onClick={() => void withdraw()}>
          {t("early.withdraw")}
        </Button>
      </Group>
    );
  }
  const { early } = next;
  if (!early) return null;
  const told = {
    share: number(early.share_bp / HUNDREDTHS),
    fee: money(early.fee),
    amount: money(early.next_payout),
  };
  return (
    <Group gap="sm">
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {t("early.ask")}
      </Button>
      <Text size="sm" c="dimmed">
        {t("early.costs", told)}
      </Text>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("early.ask")}
        confirmLabel={t("early.ask")}
        onConfirm={async () => {
          await askEarlyPayout(next.currency);
          await forget();
          notifyDone(t("early.asked"));
        }}
      >
        {t("early.ask_text", told)}
      </ConfirmDialog>
    </Group>
  );
}
