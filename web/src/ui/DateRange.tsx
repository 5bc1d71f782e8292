import { Button, Popover } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DateRange.module.css";
import {
  comparedDays,
  type DateRangeValue,
  type MovingPreset,
  type Preset,
  resolveRange,
  todayIn,
} from "./dates";
import { useFormat } from "./format";
import { SkeletonBlock } from "./Skeletons";

/** The calendar comes when it is opened. */
const DateRangePanel = lazy(() => import("./DateRangePanel"));

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
  const today = todayIn(timezone ?? format.timezone);
  const compared = comparedDays(value);
  const choosePreset = (preset: MovingPreset) => {
    onChange({ ...resolveRange(preset, today), preset, compare: value.compare });
    setOpen(false);
  };
  const days = dayRange(value.from, value.to);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
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
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          title={compared ? `${days} / ${dayRange(compared.from, compared.to)}` : days}
        >
          <span className={classes.words}>{value.preset === "custom" ? days : words[value.preset]}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("range.label")}>
        <Suspense fallback={<SkeletonBlock height={320} />}>
          <DateRangePanel
            value={value}
            today={today}
            comparable={comparable}
            words={words}
            onPreset={choosePreset}
            onDays={(days) => {
              onChange({ ...days, preset: "custom", compare: value.compare });
              setOpen(false);
            }}
            onCompare={(compare) => onChange({ ...value, compare })}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
