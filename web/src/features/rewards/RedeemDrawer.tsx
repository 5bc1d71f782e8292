import { Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { minorOf, type RewardBalance, type RewardUnit, useRewardAmount, useRewardsChanged } from "./model";

const WISH_CHARS_MAX = 200;

interface Props {
  unit: RewardUnit;
  balance: RewardBalance;
  onClose: () => void;
}

/** A partner gives rewards up for something. */
export function RedeemDrawer({ unit, balance, onClose }: Props) {
  const { t } = useTranslation("rewards");
  const amount = useRewardAmount();
  const changed = useRewardsChanged();
  const [many, setMany] = useState("");
  const [wish, setWish] = useState("");
  const minor = minorOf(many, unit.decimals);
  const isReady = minor !== undefined && minor > 0 && minor <= balance.balance_minor;
  const save = useMutation({
    mutationFn: async () => {
      const body = { unit: unit.code, minor: minor ?? 0, wish: wish.trim() || null };
      return bodyOf(await client.POST("/v1/reward-redemptions", { body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_redeemed"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("redeem_title", { unit: unit.name })}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={isReady}
      submitLabel={t("redeem")}
    >
      <TextInput
        label={t("how_many")}
        description={t("at_most", { amount: amount(balance.balance_minor, unit.code) })}
        inputMode="decimal"
        className="figures"
        value={many}
        onChange={(event) => setMany(event.currentTarget.value)}
        error={errors.minor ?? (many !== "" && !isReady)}
        required
      />
      <Textarea
        label={t("wish")}
        description={t("wish_help")}
        value={wish}
        onChange={(event) => setWish(event.currentTarget.value)}
        error={errors.wish}
        maxLength={WISH_CHARS_MAX}
        autosize
        minRows={2}
      />
    </FormDrawer>
  );
}
