import { Button, Group, Modal, MultiSelect, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useReport } from "~/domain/report";
import { useWords } from "~/domain/words";
import { SkeletonBlock } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { useDimensionText } from "./useDimensionText";

const VALUES_MAX = 500;

interface Props {
  dimension: string;
  onClose: () => void;
  onChoose: (values: string[]) => void;
}

/** Which values of a dimension may pass: those that the period knows, the busiest first. */
export function FilterValues({ dimension, onClose, onChoose }: Props) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const { range } = usePeriod();
  const [chosen, setChosen] = useState<string[]>([]);
  const { data, error, refetch } = useReport({
    from: range.from,
    to: range.to,
    dimensions: [dimension],
    metrics: ["gross_clicks"],
    sort: "-gross_clicks",
    limit: VALUES_MAX,
  });
  const text = useDimensionText(data?.labels ?? {});
  const options = (data?.rows ?? []).map(([value]) => ({
    value: String(value ?? ""),
    label: text(dimension, value),
  }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={word("dimension", dimension)}
      closeButtonProps={{ "aria-label": t("report.close") }}
    >
      <Stack>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonBlock height={56} />}
        {data && (
          <MultiSelect
            label={t("report.filter_values")}
            searchable
            data-autofocus
            hidePickedOptions
            maxDropdownHeight={260}
            nothingFoundMessage={t("report.no_values")}
            data={options}
            value={chosen}
            onChange={setChosen}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("report.cancel")}
          </Button>
          <Button disabled={chosen.length === 0} onClick={() => onChoose(chosen)}>
            {t("report.apply_filter")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
