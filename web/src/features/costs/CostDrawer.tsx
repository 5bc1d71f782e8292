import { Button, Group, NumberInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions, useOfferOptions, usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { FormDrawer } from "~/ui/FormDrawer";
import { currencyDigits } from "~/ui/format-money";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { bodyOfDraft, type Draft, draftOf, isReady } from "./draft";
import { COST_CATEGORIES, type Cost, type CostCategory, useCostsChanged } from "./model";

interface Props {
  /** Absent for one to be. */
  cost?: Cost;
  onClose: () => void;
}

/** Writes a cost down, or puts another in its place. */
export function CostDrawer({ cost, onClose }: Props) {
  const { t } = useTranslation("costs");
  const changed = useCostsChanged();
  const own = useMe().workspace.reporting_currency;
  const [draft, setDraft] = useState(() => draftOf(cost, own));
  const [isRemoving, setIsRemoving] = useState(false);
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: async () => {
      const body = bodyOfDraft(draft);
      if (!cost) return bodyOf(await client.POST("/v1/programme-costs", { body }));
      const params = { path: { id: cost.id } };
      return bodyOf(await client.PUT("/v1/programme-costs/{id}", { params, body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(cost ? t("was_changed") : t("was_added"));
      onClose();
    },
  });
  const remove = async (note: string) => {
    if (!cost) return;
    const params = { path: { id: cost.id } };
    await client.POST("/v1/programme-costs/{id}/remove", { params, body: { note } });
    await changed();
    notifyDone(t("was_removed"));
    onClose();
  };
  return (
    <FormDrawer
      title={cost ? t("change") : t("add")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={isReady(draft)}
      below={
        cost && (
          <Button mt="xl" variant="subtle" color="red" onClick={() => setIsRemoving(true)}>
            {t("remove")}
          </Button>
        )
      }
    >
      <What draft={draft} put={put} errors={fieldErrors(save.error)} />
      <Whose draft={draft} put={put} errors={fieldErrors(save.error)} />
      {isRemoving && (
        <ConfirmDialog
          opened
          onClose={() => setIsRemoving(false)}
          title={t("remove")}
          confirmLabel={t("remove")}
          danger
          noteLabel={t("why")}
          noteRequired
          onConfirm={({ note }) => remove(note)}
        >
          {t("remove_what")}
        </ConfirmDialog>
      )}
    </FormDrawer>
  );
}

interface Part {
  draft: Draft;
  put: (change: Partial<Draft>) => void;
  errors: Record<string, string>;
}

function What({ draft, put, errors }: Part) {
  const { t } = useTranslation("costs");
  const word = useWords();
  return (
    <>
      <Select
        label={t("field.category")}
        data={COST_CATEGORIES.map((code) => ({ value: code, label: word("cost_category", code) }))}
        value={draft.category}
        onChange={(category) => category && put({ category: category as CostCategory })}
        allowDeselect={false}
      />
      <SegmentedControl
        aria-label={t("field.date")}
        data={[
          { value: "day", label: t("of_day") },
          { value: "month", label: t("of_month") },
        ]}
        value={draft.isMonth ? "month" : "day"}
        onChange={(kind) => put({ isMonth: kind === "month" })}
      />
      {draft.isMonth ? (
        <TextInput
          type="month"
          label={t("month")}
          description={t("month_help")}
          value={draft.month}
          onChange={(event) => put({ month: event.currentTarget.value })}
          error={errors.date}
          required
        />
      ) : (
        <TextInput
          type="date"
          label={t("day")}
          value={draft.day}
          onChange={(event) => put({ day: event.currentTarget.value })}
          error={errors.date}
          required
        />
      )}
      <Group grow align="flex-start">
        <NumberInput
          label={t("field.amount")}
          description={t("amount_help")}
          value={draft.amount}
          onChange={(amount) => put({ amount })}
          error={errors.amount}
          decimalScale={currencyDigits(draft.currency)}
          hideControls
          required
        />
        <TextInput
          label={t("field.currency")}
          description={t("currency_help")}
          value={draft.currency}
          onChange={(event) => put({ currency: event.currentTarget.value.toUpperCase() })}
          maxLength={8}
          required
        />
      </Group>
      <Textarea
        label={t("field.note")}
        value={draft.note}
        onChange={(event) => put({ note: event.currentTarget.value })}
        error={errors.note}
        maxLength={200}
        autosize
        minRows={2}
      />
    </>
  );
}

function Whose({ draft, put, errors }: Part) {
  const { t } = useTranslation("costs");
  const partners = usePartnerOptions();
  const offers = useOfferOptions();
  const advertisers = useAdvertiserOptions();
  return (
    <>
      <Select
        label={t("field.partner")}
        description={t("whose_help")}
        data={partners.options}
        onSearchChange={partners.search}
        value={draft.partner}
        onChange={(partner) => put({ partner })}
        searchable
        clearable
      />
      <Select
        label={t("field.offer")}
        data={offers.options}
        onSearchChange={offers.search}
        value={draft.offer}
        onChange={(offer) => put({ offer })}
        searchable
        clearable
      />
      {!draft.offer && (
        <Select
          label={t("field.advertiser")}
          data={advertisers.options}
          value={draft.advertiser}
          onChange={(advertiser) => put({ advertiser })}
          error={errors.advertiser_id}
          searchable
          clearable
        />
      )}
    </>
  );
}
