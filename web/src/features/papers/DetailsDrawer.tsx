import { Checkbox, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { COUNTRY_CODES } from "~/domain/targeting/countryCodes";
import { LANGUAGE_NAMES, LANGUAGES } from "~/i18n";
import { PercentInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type Details, type DetailsIn, detailsQuery, LEGAL_FORMS, type Whose, writeDetails } from "./details";

const HUNDREDTHS = 100;

interface Draft extends Omit<DetailsIn, "address"> {
  /** Line by line. */
  address: string;
}

function draftOf(details: Details | null, language: string): Draft {
  return {
    legal_form: details?.legal_form ?? "company",
    name: details?.name ?? "",
    address: (details?.address ?? []).join("\n"),
    country: details?.country ?? "",
    vat_id: details?.vat_id ?? null,
    tax_id: details?.tax_id ?? null,
    registration: details?.registration ?? null,
    email: details?.email ?? null,
    account: details?.account ?? null,
    language: details?.language ?? language,
    vat_bp: details?.vat_bp ?? null,
    vat_exempt_basis: details?.vat_exempt_basis ?? null,
    self_billing: details?.self_billing_since != null,
  };
}

interface Props {
  whose: Whose;
  /** Absent where none were given yet. */
  details: Details | null;
  onClose: () => void;
}

/** How somebody stands on papers: name, address, numbers, tax. */
export function DetailsDrawer({ whose, details, onClose }: Props) {
  const { t } = useTranslation("papers");
  const { language } = useFormat();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(details, language));
  const put = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: () => {
      const address = draft.address.split("\n").map((line) => line.trim());
      return writeDetails(whose, { ...draft, address: address.filter(Boolean) });
    },
    onSuccess: (after) => {
      queries.setQueryData(detailsQuery(whose).queryKey, after);
      notifyDone(after.is_confirmed ? t("details.saved") : t("details.waits"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("details.title")}
      size="lg"
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={draft.name.trim() !== "" && draft.country !== "" && draft.address.trim() !== ""}
    >
      {details && !details.is_confirmed && (
        <Text size="sm" c="dimmed">
          {t("details.not_confirmed")}
        </Text>
      )}
      <Who draft={draft} put={put} errors={errors} />
      <Numbers draft={draft} put={put} errors={errors} />
      <Tax draft={draft} put={put} errors={errors} isPartner={whose !== undefined && "partner" in whose} />
    </FormDrawer>
  );
}

interface Part {
  draft: Draft;
  put: (change: Partial<Draft>) => void;
  errors: Record<string, string>;
}

function Who({ draft, put, errors }: Part) {
  const { t } = useTranslation("papers");
  const { language } = useFormat();
  const countries = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  const forms = { company: t("form.company"), sole_trader: t("form.sole_trader"), person: t("form.person") };
  return (
    <Stack gap="md">
      <Select
        label={t("field.form")}
        data={LEGAL_FORMS.map((code) => ({ value: code, label: forms[code] }))}
        value={draft.legal_form}
        onChange={(form) => form && put({ legal_form: form as Draft["legal_form"] })}
        allowDeselect={false}
      />
      <TextInput
        label={t("field.name")}
        value={draft.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
        error={errors.name}
        required
      />
      <Textarea
        label={t("field.address")}
        description={t("field.address_help")}
        value={draft.address}
        onChange={(event) => put({ address: event.currentTarget.value })}
        error={errors.address}
        autosize
        minRows={2}
        required
      />
      <Select
        label={t("field.country")}
        data={COUNTRY_CODES.map((code) => ({ value: code, label: countries.of(code) ?? code }))}
        value={draft.country || null}
        onChange={(country) => put({ country: country ?? "" })}
        error={errors.country}
        searchable
        required
      />
      <Select
        label={t("field.language")}
        data={LANGUAGES.map((code) => ({ value: code, label: LANGUAGE_NAMES[code] }))}
        value={draft.language ?? null}
        onChange={(code) => put({ language: code })}
        allowDeselect={false}
      />
    </Stack>
  );
}

function Numbers({ draft, put, errors }: Part) {
  const { t } = useTranslation("papers");
  const labels = {
    vat_id: t("field.vat_id"),
    tax_id: t("field.tax_id"),
    registration: t("field.registration"),
    email: t("field.email"),
    account: t("field.account"),
  };
  const names = ["vat_id", "tax_id", "registration", "email", "account"] as const;
  return names.map((name) => (
    <TextInput
      key={name}
      label={labels[name]}
      value={draft[name] ?? ""}
      onChange={(event) => put({ [name]: event.currentTarget.value || null })}
      error={errors[name]}
    />
  ));
}

function Tax({ draft, put, errors, isPartner }: Part & { isPartner: boolean }) {
  const { t } = useTranslation("papers");
  return (
    <>
      <PercentInput
        label={t("field.vat")}
        description={t("field.vat_help")}
        value={draft.vat_bp == null ? null : draft.vat_bp / HUNDREDTHS}
        onChange={(percent) => put({ vat_bp: percent === null ? null : Math.round(percent * HUNDREDTHS) })}
        error={errors.vat_bp}
      />
      <TextInput
        label={t("field.exempt")}
        description={t("field.exempt_help")}
        value={draft.vat_exempt_basis ?? ""}
        onChange={(event) => put({ vat_exempt_basis: event.currentTarget.value || null })}
        error={errors.vat_exempt_basis}
      />
      {isPartner && (
        <Checkbox
          label={t("field.self_billing")}
          description={t("field.self_billing_help")}
          checked={draft.self_billing ?? false}
          onChange={(event) => put({ self_billing: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
