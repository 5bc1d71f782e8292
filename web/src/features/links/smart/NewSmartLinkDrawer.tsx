import { MultiSelect, Select, Text, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { usePartnerOptions } from "~/features/conversions/options";
import { isOpen, TRAFFIC_TYPES, TRAFFIC_UNSPECIFIED } from "~/features/offers/model";
import { useEnrollments } from "~/features/offers/queries";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { ModeField } from "./ModeField";
import { type SmartMode, useMakeSmartLink } from "./queries";

/** A partner, its offers, and how one is chosen. */
export function NewSmartLinkDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("smart");
  const word = useWords();
  const navigate = useNavigate();
  const make = useMakeSmartLink();
  const partners = usePartnerOptions();
  const [partner, setPartner] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [traffic, setTraffic] = useState<string>(TRAFFIC_UNSPECIFIED);
  const [mode, setMode] = useState<SmartMode>("learned");
  const [offers, setOffers] = useState<string[]>([]);
  const enrollments = useEnrollments({ partner_id: partner ?? undefined }, partner !== null);
  const joined = enrollments.rows.filter(({ state }) => isOpen(state));
  const hasNone = partner !== null && enrollments.state === "ready" && joined.length === 0;
  const complaints = make.error ? fieldErrors(make.error) : {};
  const isReady = partner !== null && name.trim() !== "" && offers.length > 0;
  const submit = () => {
    const members = offers.map((offer_id) => ({ offer_id }));
    make.mutate(
      { partner_id: partner ?? "", name, traffic_type: traffic, mode, members },
      {
        onSuccess: ({ id }) => {
          notifyDone(t("new.made"));
          void navigate({ to: "/smart-links/$smartLinkId", params: { smartLinkId: id } as never });
        },
      },
    );
  };
  return (
    <FormDrawer
      title={t("new.title")}
      onClose={onClose}
      onSubmit={submit}
      error={make.error}
      isSaving={make.isPending}
      isReady={isReady}
      submitLabel={t("new.make")}
    >
      <Select
        label={t("partner")}
        description={t("new.partner_help")}
        data={partners.options}
        onSearchChange={partners.search}
        value={partner}
        onChange={(value) => {
          setPartner(value);
          setOffers([]);
        }}
        searchable
        required
        data-autofocus
      />
      <TextInput
        label={t("name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={complaints.name}
        maxLength={200}
        required
      />
      <MultiSelect
        label={t("offers")}
        description={t("new.offers_help")}
        data={joined.map((row) => ({
          value: row.offer_id,
          label: row.names[row.offer_id] ?? row.offer_id,
        }))}
        value={offers}
        onChange={setOffers}
        error={complaints.members}
        disabled={partner === null || hasNone}
        searchable
        required
      />
      {hasNone && (
        <Text size="sm" c="dimmed">
          {t("new.none_joined")}
        </Text>
      )}
      <ModeField value={mode} onChange={setMode} />
      <Select
        label={t("new.traffic")}
        data={[TRAFFIC_UNSPECIFIED, ...TRAFFIC_TYPES].map((type) => ({
          value: type,
          label: word("traffic_type", type),
        }))}
        value={traffic}
        onChange={(value) => value && setTraffic(value)}
        searchable
        allowDeselect={false}
      />
    </FormDrawer>
  );
}
