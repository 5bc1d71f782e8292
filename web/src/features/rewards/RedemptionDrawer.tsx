import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { KeyValues } from "~/ui/KeyValues";
import { SideDrawer } from "~/ui/SideDrawer";
import { When } from "~/ui/When";
import { type RewardRedemption, useRewardAmount, useRewardsChanged } from "./model";

interface Props {
  redemption: RewardRedemption;
  onClose: () => void;
}

type Act = "fulfil" | "decline";

/** What a partner gave rewards up for, and what becomes of it. */
export function RedemptionDrawer({ redemption, onClose }: Props) {
  const { t } = useTranslation("rewards");
  const amount = useRewardAmount();
  const mayDecide = useMay("rewards:write") && redemption.state === "asked";
  const [act, setAct] = useState<Act>();
  const own = (text: string | null | undefined) => text && <span translate="no">{text}</span>;
  const facts = [
    { label: t("column.state"), value: <StateChip of="redemption" state={redemption.state} /> },
    { label: t("column.partner"), value: own(redemption.names[redemption.partner_id]) },
    { label: t("column.amount"), value: amount(redemption.minor, redemption.unit) },
    { label: t("column.wish"), value: own(redemption.wish) },
    { label: t("column.words"), value: own(redemption.words) },
    { label: t("column.when"), value: <When value={redemption.asked_at} as="time" /> },
  ];
  const footer = mayDecide && (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={() => setAct("decline")}>
        {t("decline")}
      </Button>
      <Button onClick={() => setAct("fulfil")}>{t("fulfil")}</Button>
    </Group>
  );
  return (
    <SideDrawer opened onClose={onClose} title={t("requests")} footer={footer}>
      <KeyValues items={facts} />
      {act && <Decide redemption={redemption} act={act} onClose={() => setAct(undefined)} />}
    </SideDrawer>
  );
}

function Decide({ redemption, act, onClose }: Props & { act: Act }) {
  const { t } = useTranslation("rewards");
  const amount = useRewardAmount();
  const changed = useRewardsChanged();
  const told = {
    partner: redemption.names[redemption.partner_id] ?? "",
    amount: amount(redemption.minor, redemption.unit),
  };
  const verbs = { fulfil: t("fulfil"), decline: t("decline") };
  const decide = async (words: string) => {
    const params = { path: { id: redemption.id } };
    const body = { words };
    if (act === "fulfil") await client.POST("/v1/reward-redemptions/{id}/fulfil", { params, body });
    else await client.POST("/v1/reward-redemptions/{id}/decline", { params, body });
    await changed();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={verbs[act]}
      confirmLabel={verbs[act]}
      noteLabel={t("words")}
      noteRequired
      onConfirm={({ note }) => decide(note)}
    >
      {act === "fulfil" ? t("fulfil_what", told) : t("decline_what", told)}
    </ConfirmDialog>
  );
}
