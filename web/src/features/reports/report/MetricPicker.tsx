import { Group, MultiSelect, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMetrics } from "~/domain/metrics";

interface Props {
  known: string[];
  value: string[];
  onChange: (metrics: string[]) => void;
}

/** The same money under its older name; one of the two is enough to choose from. */
const TWINS = ["earnings"];

/** Which numbers to show; each says how it is counted. */
export function MetricPicker({ known, value, onChange }: Props) {
  const { t } = useTranslation("reports");
  const metrics = useMetrics();
  return (
    <MultiSelect
      label={t("report.metrics")}
      searchable
      hidePickedOptions
      maxDropdownHeight={320}
      comboboxProps={{ width: 360, position: "bottom-start" }}
      data={known
        .filter((metric) => !TWINS.includes(metric))
        .map((metric) => ({ value: metric, label: metrics.name(metric) }))}
      value={value.filter((metric) => known.includes(metric))}
      onChange={(chosen) => chosen.length > 0 && onChange(chosen)}
      renderOption={({ option }) => (
        <Group gap={0} maw={320}>
          <Text fz="sm" w="100%">
            {option.label}
          </Text>
          <Text fz="xs" c="dimmed">
            {metrics.formula(option.value)}
          </Text>
        </Group>
      )}
    />
  );
}
