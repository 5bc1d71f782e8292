import { Alert, Anchor, Group, Select } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMetrics } from "~/domain/metrics";
import { usePeriod } from "~/domain/period";
import { useMe, workplaceOf } from "~/domain/person";
import { useDictionary } from "~/domain/report";
import { useWords } from "~/domain/words";
import { usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { EmptyState, ErrorState } from "~/ui/States";
import { EffectTable } from "./changes/EffectTable";
import { type Changes, useChanges } from "./changes/query";
import { Sentence } from "./changes/Sentence";
import { type ChangesSearch, type ChangesState, readChanges, writeChanges } from "./changes/state";
import { Waterfall } from "./changes/Waterfall";
import { Filters } from "./report/Filters";
import { askedFilters } from "./report/question";

/** Looked at first by those who are paid, and by all others. */
const USUAL_METRIC = { partner: "payout", staff: "revenue", advertiser: "revenue" } as const;

/** What changed one metric, and why: a sentence, the way from before to now, each value's part in it. */
export default function ChangesPage() {
  const { t } = useTranslation("changes");
  const { dateTime } = useFormat();
  const { range, timezone } = usePeriod();
  const [state, setSearch] = usePageState<ChangesState & ChangesSearch>(readChanges);
  const change = (patch: Partial<ChangesState>) => setSearch(writeChanges({ ...state, ...patch }) as never);
  const { role } = useMe();
  const metric = state.metric ?? USUAL_METRIC[workplaceOf(role)];
  const compare = range.compare === "previous_year" ? "previous_year" : "previous_period";
  const asked = {
    metric,
    from: range.from,
    to: range.to,
    timezone,
    compare,
    filters: askedFilters(state.filters),
  } as const;
  const { data: changes, error, refetch } = useChanges(asked, true);
  const by = state.by ?? changes?.causes[0]?.dimension ?? changes?.dimensions[0]?.dimension;
  const split = changes?.dimensions.find(({ dimension }) => dimension === by) ?? changes?.dimensions[0];
  return (
    <Page
      title={t("title")}
      subtitle={
        <Group gap="md">
          <Anchor component={Link} to="/reports" fz="sm">
            <Group gap={4}>
              <IconArrowLeft size={14} aria-hidden />
              {t("back")}
            </Group>
          </Anchor>
          {changes && t("subtitle", { at: dateTime(changes.fresh_to) })}
        </Group>
      }
      filters={
        <Choices metric={metric} by={split?.dimension} state={state} changes={changes} onChange={change} />
      }
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!changes && !error ? <SkeletonBlock height={240} /> : null}
      {changes && <Sentence changes={changes} />}
      {changes && changes.left_out_currencies.length > 0 && (
        <Alert color="yellow">{t("left_out", { currencies: changes.left_out_currencies.join(", ") })}</Alert>
      )}
      {changes && !split && <EmptyState title={t("nothing")} text={t("nothing_text")} />}
      {changes && split && changes.change !== 0 && <Waterfall changes={changes} split={split} />}
      {changes && split && <EffectTable changes={changes} split={split} />}
    </Page>
  );
}

interface ChoicesProps {
  metric: string;
  by: string | undefined;
  state: ChangesState;
  changes: Changes | undefined;
  onChange: (patch: Partial<ChangesState>) => void;
}

function Choices({ metric, by, state, changes, onChange }: ChoicesProps) {
  const { t } = useTranslation("changes");
  const word = useWords();
  const metrics = useMetrics();
  const known = useDictionary()?.metrics.filter(({ adds_up }) => adds_up) ?? [];
  const dimensions = changes?.dimensions.map(({ dimension }) => dimension) ?? [];
  return (
    <Group align="end">
      <Select
        label={t("metric")}
        searchable
        allowDeselect={false}
        data={known.map(({ name }) => ({ value: name, label: metrics.name(name) }))}
        value={metric}
        onChange={(chosen) => onChange({ metric: chosen ?? undefined, by: undefined })}
      />
      {dimensions.length > 0 && (
        <Select
          label={t("by")}
          allowDeselect={false}
          data={dimensions.map((name) => ({ value: name, label: word("dimension", name) }))}
          value={by ?? null}
          onChange={(chosen) => onChange({ by: chosen ?? undefined })}
        />
      )}
      <Filters
        known={dimensions}
        labels={(changes?.labels as Record<string, string>) ?? {}}
        filters={state.filters}
        onChange={(filters) => onChange({ filters })}
      />
    </Group>
  );
}
