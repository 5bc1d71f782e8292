import { Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { FormDrawer } from "~/ui/FormDrawer";
import { notifyDone } from "~/ui/Toast";
import { bodyOf } from "../model";

interface Props {
  /** One end is given, the other is chosen. */
  offerId?: string;
  partnerId?: string;
  onClose: () => void;
}

/** Lets a partner promote an offer: approved at once. */
export function EnrollDrawer({ offerId, partnerId, onClose }: Props) {
  const { t } = useTranslation("offers");
  const queries = useQueryClient();
  const partners = usePartnerOptions();
  const offers = useOfferOptions();
  const choice = offerId ? partners : offers;
  const [chosen, setChosen] = useState<string | null>(null);
  const [source, setSource] = useState("");
  const enroll = useMutation({
    mutationFn: async () => {
      const body = {
        offer_id: offerId ?? chosen ?? "",
        partner_id: partnerId ?? chosen ?? "",
        source: source.trim() || null,
      };
      return bodyOf(await client.POST("/v1/enrollments", { body }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["enrollments"] });
      notifyDone(t("enrollments.enrolled"));
      onClose();
    },
  });
  return (
    <FormDrawer
      title={offerId ? t("enrollments.add_partner") : t("enrollments.add_offer")}
      onClose={onClose}
      onSubmit={() => enroll.mutate()}
      error={enroll.error}
      isSaving={enroll.isPending}
      isReady={chosen !== null}
      submitLabel={t("enrollments.enroll")}
    >
      <Select
        label={offerId ? t("enrollments.partner") : t("enrollments.offer")}
        data={choice.options}
        onSearchChange={choice.search}
        value={chosen}
        onChange={setChosen}
        searchable
        required
      />
      <TextInput
        label={t("enrollments.source")}
        description={t("enrollments.source_help")}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        maxLength={500}
      />
    </FormDrawer>
  );
}
