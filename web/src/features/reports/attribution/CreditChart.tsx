import { Card, Group, Select, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { BarList } from "~/ui/BarList";
import type { Attribution } from "./query";
import { type AttributionState, CREDIT_MODELS, type CreditModel } from "./state";
import { useCreditText } from "./useCreditText";

const BARS = 10;

interface Props {
  report: Attribution;
  state: AttributionState;
  onModel: (model: CreditModel) => void;
}

/** The greatest few by one model. */
export function CreditChart({ report, state, onModel }: Props) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const { name, figure } = useCreditText(report, state.by, state.shown);
  const items = report.rows
    .map((row) => {
      const credited = row.models[state.model];
      const value = (state.shown === "conversions" ? credited?.conversions : credited?.minor) ?? 0;
      return { id: row.key || "none", label: <span translate="no">{name(row.key)}</span>, value };
    })
    .sort((one, other) => other.value - one.value);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" align="end" mb="sm">
        <Title order={2}>{word("credit_model_meaning", state.model)}</Title>
        <Select
          label={t("attribution.chart_model")}
          allowDeselect={false}
          data={CREDIT_MODELS.map((model) => ({ value: model, label: word("credit_model", model) }))}
          value={state.model}
          onChange={(model) => model && onModel(model as CreditModel)}
        />
      </Group>
      <BarList label={word("credit_model", state.model)} items={items} format={figure} top={BARS} />
    </Card>
  );
}
