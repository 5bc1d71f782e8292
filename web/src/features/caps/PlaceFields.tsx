import { Select, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import {
  type Searched,
  useAdvertiserOptions,
  useGoalOptions,
  useOfferOptions,
  usePartnerOptions,
} from "~/features/conversions/options";
import type { CapDraft } from "./draft";
import { SCOPES } from "./model";

interface Props {
  draft: CapDraft;
  put: (change: Partial<CapDraft>) => void;
  errorOf: (field: string) => string | undefined;
  offerIsGiven?: boolean;
}

/** On whom the cap lies. */
export function PlaceFields({ draft, put, errorOf, offerIsGiven }: Props) {
  const { t } = useTranslation("caps");
  const word = useWords();
  const scopes = SCOPES.filter((scope) => !offerIsGiven || !["advertiser", "workspace"].includes(scope));
  const needs = (...wanted: CapDraft["scope"][]) => wanted.includes(draft.scope);
  const goals = useGoalOptions(needs("goal") && draft.offerId ? draft.offerId : undefined);
  return (
    <Stack gap="md">
      <Select
        label={t("field.scope")}
        data={scopes.map((scope) => ({ value: scope, label: word("cap_scope", scope) }))}
        value={draft.scope}
        onChange={(scope) => scope && put({ scope: scope as CapDraft["scope"] })}
        allowDeselect={false}
      />
      {needs("advertiser") && (
        <Choice
          label={t("field.advertiser")}
          choice={useAdvertiserOptions}
          value={draft.advertiserId}
          onChange={(advertiserId) => put({ advertiserId })}
          error={errorOf("advertiser_id")}
          required
        />
      )}
      {!offerIsGiven && needs("offer", "partner", "goal", "source") && (
        <Choice
          label={t("field.offer")}
          choice={useOfferOptions}
          value={draft.offerId}
          onChange={(offerId) => put({ offerId, goalId: null })}
          error={errorOf("offer_id")}
          required={!needs("source")}
        />
      )}
      {needs("goal") && (
        <Select
          label={t("field.goal")}
          data={goals}
          value={draft.goalId}
          onChange={(goalId) => put({ goalId })}
          error={errorOf("goal_id")}
          required
        />
      )}
      {needs("source") && (
        <TextInput
          label={t("field.source")}
          description={t("field.source_help")}
          value={draft.sourceId}
          onChange={(event) => put({ sourceId: event.currentTarget.value })}
          error={errorOf("source_id")}
          required
        />
      )}
      {needs("partner", "source") && (
        <Choice
          label={t("field.partner")}
          choice={usePartnerOptions}
          value={draft.partnerId}
          onChange={(partnerId) => put({ partnerId })}
          error={errorOf("partner_id")}
          required={needs("partner")}
        />
      )}
    </Stack>
  );
}

interface ChoiceProps {
  label: string;
  choice: () => Searched;
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string;
  required?: boolean;
}

function Choice({ label, choice: useChoice, value, onChange, error, required }: ChoiceProps) {
  const { options, search } = useChoice();
  return (
    <Select
      label={label}
      data={options}
      onSearchChange={search}
      value={value}
      onChange={onChange}
      searchable
      clearable={!required}
      required={required}
      error={error}
    />
  );
}
