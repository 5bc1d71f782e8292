import { Alert, Anchor, Group, Select } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useMe, workplaceOf } from "~/domain/person";
import { useWords } from "~/domain/words";
import { usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { CreditChart } from "./attribution/CreditChart";
import { CreditTable } from "./attribution/CreditTable";
import { PathTable } from "./attribution/PathTable";
import { useAttribution } from "./attribution/query";
import {
  type AttributionState,
  CREDIT_AMOUNTS,
  CREDIT_BY,
  readAttribution,
  type Shown,
} from "./attribution/state";

/** Who had a part in the conversions: every model side by side, from the same journeys. */
export default function AttributionPage() {
  const { t } = useTranslation("reports");
  const { dateTime, number } = useFormat();
  const { range, timezone } = usePeriod();
  const [state, change] = usePageState<AttributionState>(readAttribution);
  const {
    data: report,
    error,
    refetch,
  } = useAttribution({
    from: range.from,
    to: range.to,
    timezone,
    by: state.by,
    models: [],
    amount: state.shown === "conversions" ? "sale_amount" : state.shown,
  });
  const unpriced = report?.conversions_without_rate ?? 0;
  return (
    <Page
      title={t("attribution.title")}
      subtitle={
        <Group gap="md">
          <Anchor component={Link} to="/reports" fz="sm">
            <Group gap={4}>
              <IconArrowLeft size={14} aria-hidden />
              {t("attribution.back")}
            </Group>
          </Anchor>
          {report && t("attribution.subtitle", { days: report.lookback_days, at: dateTime(report.fresh_to) })}
        </Group>
      }
      filters={<Choices state={state} onChange={change} />}
    >
      {report?.truncated && <Alert color="yellow">{t("attribution.truncated")}</Alert>}
      {unpriced > 0 && state.shown !== "conversions" && (
        <Alert color="yellow">
          {t("attribution.without_rate", { count: unpriced, number: number(unpriced) })}
        </Alert>
      )}
      {report && report.conversions > 0 && (
        <CreditChart report={report} state={state} onModel={(model) => change({ model })} />
      )}
      <CreditTable report={report} state={state} error={error} onRetry={() => void refetch()} />
      {report && report.paths.length > 0 && <PathTable report={report} state={state} />}
    </Page>
  );
}

interface ChoicesProps {
  state: AttributionState;
  onChange: (patch: Partial<AttributionState>) => void;
}

function Choices({ state, onChange }: ChoicesProps) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const seesPayout = workplaceOf(useMe().role) === "staff";
  const amounts = CREDIT_AMOUNTS.filter((amount) => seesPayout || amount !== "payout");
  return (
    <Group align="end">
      <Select
        label={t("attribution.by")}
        allowDeselect={false}
        data={CREDIT_BY.map((by) => ({ value: by, label: word("credit_by", by) }))}
        value={state.by}
        onChange={(by) => onChange({ by: CREDIT_BY.find((known) => known === by) })}
      />
      <Select
        label={t("attribution.show")}
        allowDeselect={false}
        data={[
          { value: "conversions", label: t("attribution.conversions") },
          ...amounts.map((amount) => ({ value: amount, label: word("credit_amount", amount) })),
        ]}
        value={state.shown}
        onChange={(shown) => onChange({ shown: shown as Shown })}
      />
    </Group>
  );
}
