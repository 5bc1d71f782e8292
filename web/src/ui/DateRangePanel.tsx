import { NativeSelect } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DateRange.module.css";
import {
  COMPARISONS,
  type Comparison,
  comparedDays,
  type DateRangeValue,
  type Days,
  type MovingPreset,
  PRESETS,
  type Preset,
} from "./dates";
import { useFormat } from "./format";

interface Props {
  value: DateRangeValue;
  /** The last day that can be chosen. */
  today: string;
  comparable: boolean;
  words: Record<Preset, string>;
  onPreset: (preset: MovingPreset) => void;
  onDays: (days: Days) => void;
  onCompare: (compare: Comparison) => void;
}

/** Presets, calendar and comparison: what opens under the range. */
export default function DateRangePanel({
  value,
  today,
  comparable,
  words,
  onPreset,
  onDays,
  onCompare,
}: Props) {
  const { t } = useTranslation("ui");
  const { dayRange } = useFormat();
  const [ends, setEnds] = useState<[string | null, string | null]>([value.from, value.to]);
  const compared = comparedDays(value);
  const comparisonWords = {
    none: t("range.compareNone"),
    previous_period: t("range.comparePeriod"),
    previous_year: t("range.compareYear"),
  };
  const chooseDays = ([from, to]: [string | null, string | null]) => {
    setEnds([from, to]);
    if (from && to) onDays({ from, to });
  };
  return (
    <div className={classes.panes}>
      <div className={classes.presets}>
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className={classes.preset}
            aria-pressed={value.preset === preset}
            onClick={() => onPreset(preset)}
          >
            {words[preset]}
          </button>
        ))}
      </div>
      <div>
        <DatePicker
          type="range"
          allowSingleDateInRange
          value={ends}
          onChange={chooseDays}
          defaultDate={value.to}
          maxDate={today}
        />
        {comparable && (
          <NativeSelect
            mt="sm"
            label={t("range.compare")}
            data={COMPARISONS.map((one) => ({ value: one, label: comparisonWords[one] }))}
            value={value.compare}
            onChange={(event) =>
              onCompare(COMPARISONS.find((one) => one === event.currentTarget.value) ?? "none")
            }
            description={compared ? dayRange(compared.from, compared.to) : undefined}
          />
        )}
      </div>
    </div>
  );
}
