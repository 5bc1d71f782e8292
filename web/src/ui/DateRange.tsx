import { Button, NativeSelect, Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DateRange.module.css";
import {
  COMPARISONS,
  comparedDays,
  type DateRangeValue,
  type MovingPreset,
  PRESETS,
  type Preset,
  resolveRange,
  todayIn,
} from "./dates";
import { useFormat } from "./format";

export interface DateRangeProps {
  value: DateRangeValue;
  onChange: (value: DateRangeValue) => void;
  /** Zone in which "today" is; the workspace's without it. */
  timezone?: string;
  /** False: the range is compared with nothing. True unless told. */
  comparable?: boolean;
}

function usePresetWords(): Record<Preset, string> {
  const { t } = useTranslation("ui");
  return {
    today: t("range.today"),
    yesterday: t("range.yesterday"),
    last_7_days: t("range.last7"),
    last_30_days: t("range.last30"),
    this_month: t("range.thisMonth"),
    last_month: t("range.lastMonth"),
    this_quarter: t("range.thisQuarter"),
    this_year: t("range.thisYear"),
    last_12_months: t("range.last12Months"),
    custom: t("range.custom"),
  };
}

/** Which days are looked at and what they are compared with, in the workspace's zone. */
export function DateRange({ value, onChange, timezone, comparable = true }: DateRangeProps) {
  const { t } = useTranslation("ui");
  const words = usePresetWords();
  const format = useFormat();
  const { dayRange } = format;
  const [open, setOpen] = useState(false);
  const [ends, setEnds] = useState<[string | null, string | null]>([value.from, value.to]);
  const today = todayIn(timezone ?? format.timezone);
  const compared = comparedDays(value);
  const comparisonWords = {
    none: t("range.compareNone"),
    previous_period: t("range.comparePeriod"),
    previous_year: t("range.compareYear"),
  };

  const toggle = (opened: boolean) => {
    setEnds([value.from, value.to]);
    setOpen(opened);
  };
  const choosePreset = (preset: MovingPreset) => {
    onChange({ ...resolveRange(preset, today), preset, compare: value.compare });
    setOpen(false);
  };
  const chooseDays = ([from, to]: [string | null, string | null]) => {
    setEnds([from, to]);
    if (!from || !to) return;
    onChange({ from, to, preset: "custom", compare: value.compare });
    setOpen(false);
  };

  const days = dayRange(value.from, value.to);
  return (
    <Popover
      opened={open}
      onChange={toggle}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>
        <Button
          variant="default"
          className={classes.target}
          leftSection={<IconCalendar size={16} aria-hidden />}
          onClick={() => toggle(!open)}
          aria-expanded={open}
          title={compared ? `${days} / ${dayRange(compared.from, compared.to)}` : days}
        >
          <span className={classes.words}>{value.preset === "custom" ? days : words[value.preset]}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("range.label")}>
        <div className={classes.panes}>
          <div className={classes.presets}>
            {PRESETS.map((preset) => (
              <button
                key={preset}
                type="button"
                className={classes.preset}
                aria-pressed={value.preset === preset}
                onClick={() => choosePreset(preset)}
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
            {comparable ? (
              <NativeSelect
                mt="sm"
                label={t("range.compare")}
                data={COMPARISONS.map((one) => ({ value: one, label: comparisonWords[one] }))}
                value={value.compare}
                onChange={(event) =>
                  onChange({
                    ...value,
                    compare: COMPARISONS.find((one) => one === event.currentTarget.value) ?? "none",
                  })
                }
                description={compared ? dayRange(compared.from, compared.to) : undefined}
              />
            ) : null}
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
