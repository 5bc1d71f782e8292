import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { FormError } from "~/ui/FormError";
import { SideDrawer } from "~/ui/SideDrawer";
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
    <SideDrawer
      opened
      onClose={onClose}
      title={offerId ? t("enrollments.add_partner") : t("enrollments.add_offer")}
      footer={
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("editor.cancel")}
          </Button>
          <Button loading={enroll.isPending} disabled={!chosen} onClick={() => enroll.mutate()}>
            {t("enrollments.enroll")}
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        <FormError error={enroll.error} />
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
      </Stack>
    </SideDrawer>
  );
}
