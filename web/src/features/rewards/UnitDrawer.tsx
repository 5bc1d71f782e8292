import { NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { REWARD_KINDS, type RewardKind, useRewardsChanged } from "./model";

const DECIMALS_MAX = 8;
const CODE_CHARS_MAX = 12;
const NAME_CHARS_MAX = 60;

/** A new unit of rewards. */
export function UnitDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("rewards");
  const word = useWords();
  const changed = useRewardsChanged();
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [decimals, setDecimals] = useState<number | string>(0);
  const [kind, setKind] = useState<RewardKind>("points");
  const save = useMutation({
    mutationFn: async () => {
      const body = { code, name, decimals: Number(decimals), kind };
      return bodyOf(await client.POST("/v1/reward-units", { body }));
    },
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("units.add")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={code.length > 1 && name.trim() !== "" && decimals !== ""}
    >
      <TextInput
        label={t("units.code")}
        description={t("units.code_help")}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
        error={errors.code}
        maxLength={CODE_CHARS_MAX}
        required
      />
      <TextInput
        label={t("units.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={errors.name}
        maxLength={NAME_CHARS_MAX}
        required
      />
      <Select
        label={t("units.kind")}
        data={REWARD_KINDS.map((each) => ({ value: each, label: word("reward_kind", each) }))}
        value={kind}
        onChange={(chosen) => chosen && setKind(chosen as RewardKind)}
        allowDeselect={false}
      />
      <NumberInput
        label={t("units.decimals")}
        description={t("units.decimals_help")}
        value={decimals}
        onChange={setDecimals}
        min={0}
        max={DECIMALS_MAX}
        allowDecimal={false}
        error={errors.decimals}
        required
      />
    </FormDrawer>
  );
}
