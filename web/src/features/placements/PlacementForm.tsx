import { Group, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { currencyDigits } from "~/ui/format-money";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type Draft, draftOf, isReady, payOf } from "./draft";
import { PLACEMENT_KINDS, type Placement, type PlacementKind, usePlacementsChanged } from "./model";

interface Props {
  /** Absent for one to be. */
  placement?: Placement;
  partnerId?: string;
  onClose: () => void;
}

/** Agrees on a placement, or changes what was agreed. */
export function PlacementForm({ placement, partnerId, onClose }: Props) {
  const { t } = useTranslation("placements");
  const changed = usePlacementsChanged();
  const own = useMe().workspace.reporting_currency;
  const [draft, setDraft] = useState(() => draftOf(placement, partnerId, own));
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: async () => {
      const { title, day } = draft;
      const terms = { title, day, terms: draft.terms.trim() || null, ...payOf(draft) };
      if (placement) {
        const params = { path: { id: placement.id } };
        return bodyOf(await client.PATCH("/v1/placements/{id}", { params, body: terms }));
      }
      const whose = { partner_id: draft.partner ?? "", offer_id: draft.offer ?? "", kind: draft.kind };
      return bodyOf(await client.POST("/v1/placements", { body: { ...whose, ...terms } }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(placement ? t("was_changed") : t("was_agreed"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={placement ? t("change") : t("add")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={isReady(draft)}
    >
      {!placement && <Whose draft={draft} put={put} asksPartner={partnerId === undefined} />}
      <TextInput
        label={t("field.title")}
        value={draft.title}
        onChange={(event) => put({ title: event.currentTarget.value })}
        error={errors.title}
        maxLength={200}
        required
      />
      <TextInput
        type="date"
        label={t("field.day")}
        description={t("field.day_help")}
        value={draft.day}
        onChange={(event) => put({ day: event.currentTarget.value })}
        error={errors.day}
        required
      />
      <Pay draft={draft} put={put} errors={errors} />
      <Textarea
        label={t("field.terms")}
        description={t("field.terms_help")}
        value={draft.terms}
        onChange={(event) => put({ terms: event.currentTarget.value })}
        error={errors.terms}
        maxLength={2000}
        autosize
        minRows={2}
      />
    </FormDrawer>
  );
}

interface Part {
  draft: Draft;
  put: (change: Partial<Draft>) => void;
}

function Whose({ draft, put, asksPartner }: Part & { asksPartner: boolean }) {
  const { t } = useTranslation("placements");
  const word = useWords();
  const offers = useOfferOptions();
  const partners = usePartnerOptions();
  return (
    <>
      {asksPartner && (
        <Select
          label={t("field.partner")}
          data={partners.options}
          onSearchChange={partners.search}
          value={draft.partner}
          onChange={(partner) => put({ partner })}
          searchable
          required
        />
      )}
      <Select
        label={t("field.offer")}
        data={offers.options}
        onSearchChange={offers.search}
        value={draft.offer}
        onChange={(offer) => put({ offer })}
        searchable
        required
      />
      <Select
        label={t("field.kind")}
        data={PLACEMENT_KINDS.map((code) => ({ value: code, label: word("placement_kind", code) }))}
        value={draft.kind}
        onChange={(kind) => kind && put({ kind: kind as PlacementKind })}
        allowDeselect={false}
      />
    </>
  );
}

function Pay({ draft, put, errors }: Part & { errors: Record<string, string> }) {
  const { t } = useTranslation("placements");
  const decimalScale = currencyDigits(draft.currency);
  return (
    <>
      <Group grow align="flex-start">
        <NumberInput
          label={t("field.fee")}
          description={t("field.fee_help")}
          value={draft.fee}
          onChange={(fee) => put({ fee })}
          error={errors.fee}
          min={0}
          decimalScale={decimalScale}
          hideControls
        />
        <TextInput
          label={t("field.currency")}
          description={t("field.currency_help")}
          value={draft.currency}
          onChange={(event) => put({ currency: event.currentTarget.value.toUpperCase() })}
          maxLength={8}
          required
        />
      </Group>
      <TextInput
        label={t("field.sample")}
        description={t("field.sample_help")}
        value={draft.sample}
        onChange={(event) => put({ sample: event.currentTarget.value })}
        error={errors.sample}
        maxLength={200}
      />
      {draft.sample.trim() !== "" && (
        <NumberInput
          label={t("field.sample_cost")}
          description={t("field.sample_cost_help")}
          value={draft.sampleCost}
          onChange={(sampleCost) => put({ sampleCost })}
          error={errors.sample_cost}
          min={0}
          decimalScale={decimalScale}
          hideControls
          required
        />
      )}
    </>
  );
}
