import {
  Checkbox,
  Group,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords, type WordList } from "~/domain/words";
import { MoneyInput } from "~/ui/FigureInputs";
import type { CapDraft } from "./draft";
import { ACTIONS, COUNTED, GRACES, isMoney, isTraffic, METRICS, PERIODS } from "./model";
import { PlaceFields } from "./PlaceFields";

interface Props {
  draft: CapDraft;
  onChange: (draft: CapDraft) => void;
  errorOf: (field: string) => string | undefined;
  /** What it counts and on whom it lies stays as it was made. */
  isMade?: boolean;
  /** The offer is given by the page. */
  offerIsGiven?: boolean;
}

/** Everything a cap says. */
export function CapFields({ draft, onChange, errorOf, isMade, offerIsGiven }: Props) {
  const { t } = useTranslation("caps");
  const word = useWords();
  const put = (change: Partial<CapDraft>) => onChange({ ...draft, ...change });
  const choices = <Code extends string>(list: WordList, codes: readonly Code[]) =>
    codes.map((code) => ({ value: code, label: word(list, code) }));
  const effects: Record<CapDraft["onReach"], string> = {
    reject: t("on_reach_help.reject"),
    redirect: t("on_reach_help.redirect"),
    pending: t("on_reach_help.pending"),
    alert: t("on_reach_help.alert"),
  };
  const actions = ACTIONS.filter((action) => !(isTraffic(draft.metric) && action === "pending"));
  return (
    <Stack gap="md">
      {!isMade && (
        <>
          <Group grow align="flex-start">
            <Select
              label={t("field.metric")}
              data={choices("cap_metric", METRICS)}
              value={draft.metric}
              onChange={(metric) => metric && put({ metric: metric as CapDraft["metric"], limit: null })}
              allowDeselect={false}
              error={errorOf("metric")}
            />
            <Select
              label={t("field.period")}
              data={choices("cap_period", PERIODS)}
              value={draft.isTest ? "total" : draft.period}
              onChange={(period) => period && put({ period: period as CapDraft["period"] })}
              disabled={draft.isTest}
              allowDeselect={false}
              error={errorOf("period")}
            />
          </Group>
          <PlaceFields draft={draft} put={put} errorOf={errorOf} offerIsGiven={offerIsGiven} />
        </>
      )}
      <Limit draft={draft} put={put} error={errorOf("limit")} />
      <Select
        label={t("field.on_reach")}
        description={effects[draft.onReach]}
        data={choices("cap_on_reach", actions)}
        value={draft.onReach}
        onChange={(onReach) => onReach && put({ onReach: onReach as CapDraft["onReach"] })}
        disabled={draft.isTest}
        allowDeselect={false}
        error={errorOf("on_reach")}
      />
      <Group grow align="flex-start">
        <Select
          label={t("field.grace")}
          description={t("field.grace_help")}
          data={choices("cap_grace", GRACES)}
          value={draft.grace}
          onChange={(grace) => grace && put({ grace: grace as CapDraft["grace"] })}
          allowDeselect={false}
        />
        {draft.grace === "hours" && (
          <NumberInput
            label={t("field.grace_hours")}
            description={t("field.grace_hours_help")}
            value={draft.graceHours ?? ""}
            onChange={(hours) => put({ graceHours: typeof hours === "number" ? hours : null })}
            min={1}
            max={720}
            allowDecimal={false}
            error={errorOf("grace_hours")}
          />
        )}
      </Group>
      {!isTraffic(draft.metric) && (
        <Checkbox.Group
          label={t("field.counted")}
          value={draft.counted}
          onChange={(counted) => put({ counted: counted as CapDraft["counted"] })}
          error={errorOf("counted")}
        >
          <Group gap="md" mt={4}>
            {COUNTED.map((status) => (
              <Checkbox key={status} value={status} label={word("cap_counted", status)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <TextInput
        label={t("field.thresholds")}
        description={t("field.thresholds_help")}
        value={draft.thresholds}
        onChange={(event) => put({ thresholds: event.currentTarget.value })}
        error={errorOf("thresholds")}
      />
      <TagsInput
        label={t("field.countries")}
        description={t("field.countries_help")}
        value={draft.countries}
        onChange={(countries) => put({ countries: countries.map((code) => code.toUpperCase()) })}
        error={errorOf("filter.countries")}
      />
      {draft.scope !== "source" && (
        <TagsInput
          label={t("field.sources")}
          description={t("field.sources_help")}
          value={draft.sources}
          onChange={(sources) => put({ sources })}
        />
      )}
      <TextInput
        label={t("field.timezone")}
        value={draft.timezone}
        onChange={(event) => put({ timezone: event.currentTarget.value })}
        error={errorOf("timezone")}
      />
      {!isMade && (
        <Switch
          label={t("field.is_test")}
          description={t("field.is_test_help")}
          checked={draft.isTest}
          onChange={(event) => put({ isTest: event.currentTarget.checked })}
        />
      )}
      {draft.isTest && (
        <Textarea
          label={t("field.kpi")}
          description={t("field.kpi_help")}
          value={draft.kpi}
          onChange={(event) => put({ kpi: event.currentTarget.value })}
          maxLength={200}
          autosize
        />
      )}
    </Stack>
  );
}

interface LimitProps {
  draft: CapDraft;
  put: (change: Partial<CapDraft>) => void;
  error?: string;
}

function Limit({ draft, put, error }: LimitProps) {
  const { t } = useTranslation("caps");
  if (isMoney(draft.metric)) {
    return (
      <MoneyInput
        label={t("field.limit")}
        value={draft.limit}
        onChange={(limit) => put({ limit })}
        currency={draft.currency}
        required
        error={error}
      />
    );
  }
  return (
    <NumberInput
      label={t("field.limit")}
      value={draft.limit ?? ""}
      onChange={(limit) => put({ limit: typeof limit === "number" ? limit : null })}
      min={1}
      allowDecimal={false}
      required
      error={error}
    />
  );
}
