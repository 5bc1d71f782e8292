import { Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { minorOf, type RewardUnit, useRewardsChanged } from "./model";

const WORDS_CHARS_MAX = 200;

/** Gives a partner rewards by hand, or takes them. */
export function GiveDrawer({ units, onClose }: { units: readonly RewardUnit[]; onClose: () => void }) {
  const { t } = useTranslation("rewards");
  const changed = useRewardsChanged();
  const partners = usePartnerOptions();
  const [partner, setPartner] = useState<string | null>(null);
  const [code, setCode] = useState(units[0]?.code ?? "");
  const [many, setMany] = useState("");
  const [words, setWords] = useState("");
  const minor = minorOf(many, units.find((unit) => unit.code === code)?.decimals ?? 0);
  const save = useMutation({
    mutationFn: async () => {
      const body = { partner_id: partner ?? "", unit: code, minor: minor ?? 0, words };
      return bodyOf(await client.POST("/v1/reward-entries", { body }));
    },
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("give_title")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={partner !== null && minor !== undefined && minor !== 0 && words.trim() !== ""}
    >
      <Select
        label={t("column.partner")}
        data={partners.options}
        onSearchChange={partners.search}
        value={partner}
        onChange={setPartner}
        searchable
        required
      />
      <Select
        label={t("column.unit")}
        data={units.map((unit) => ({ value: unit.code, label: unit.code }))}
        value={code}
        onChange={(chosen) => chosen && setCode(chosen)}
        allowDeselect={false}
      />
      <TextInput
        label={t("how_many")}
        description={t("give_help")}
        className="figures"
        value={many}
        onChange={(event) => setMany(event.currentTarget.value)}
        error={errors.minor ?? (many !== "" && many !== "-" && minor === undefined)}
        required
      />
      <Textarea
        label={t("words")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        error={errors.words}
        maxLength={WORDS_CHARS_MAX}
        autosize
        minRows={2}
        required
      />
    </FormDrawer>
  );
}
