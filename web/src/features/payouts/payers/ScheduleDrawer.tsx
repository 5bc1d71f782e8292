import { Checkbox, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { schedulesQuery } from "./Schedules";
import { weekdayOf } from "./useRhythmText";

type Schedule = Schemas["ScheduleOut"];
type New = Schemas["ScheduleIn"];

const RHYTHMS = ["weekly", "twice_monthly", "monthly"] as const;
/** Days that each rhythm has. */
const DAYS = { weekly: 7, twice_monthly: 14, monthly: 28 } as const;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Whom a schedule pays, and when. */
export function ScheduleDrawer({ known, onClose }: { known: Schedule | undefined; onClose: () => void }) {
  const { t } = useTranslation("payers");
  const queries = useQueryClient();
  const [values, setValues] = useState<New>({
    group: known?.group ?? null,
    rhythm: known?.rhythm ?? "monthly",
    day: known?.day ?? 5,
    is_automatic: known?.is_automatic ?? false,
    is_paused: known?.is_paused ?? false,
  });
  const put = (change: Partial<New>) => setValues((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: async () => {
      if (!known) return bodyOf(await client.POST("/v1/payout-schedules", { body: values }));
      const params = { path: { id: known.id } };
      return bodyOf(await client.PUT("/v1/payout-schedules/{id}", { params, body: values }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: schedulesQuery.queryKey });
      notifyDone(t("saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={known ? t("schedule.change") : t("schedule.new")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
    >
      <TextInput
        label={t("schedule.group")}
        description={t("schedule.group_help")}
        value={values.group ?? ""}
        onChange={(event) => put({ group: event.currentTarget.value || null })}
        error={errors.group}
      />
      <When values={values} put={put} error={errors.day} />
      <Checkbox
        label={t("schedule.is_automatic")}
        description={t("schedule.is_automatic_help")}
        checked={values.is_automatic ?? false}
        onChange={(event) => put({ is_automatic: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("schedule.is_paused")}
        checked={values.is_paused ?? false}
        onChange={(event) => put({ is_paused: event.currentTarget.checked })}
      />
    </FormDrawer>
  );
}

interface WhenProps {
  values: New;
  put: (change: Partial<New>) => void;
  error: string | undefined;
}

function When({ values, put, error }: WhenProps) {
  const { t, i18n } = useTranslation("payers");
  const word = useWords();
  return (
    <>
      <SegmentedControl
        aria-label={t("schedule.rhythm")}
        data={RHYTHMS.map((rhythm) => ({ value: rhythm, label: word("payout_rhythm", rhythm) }))}
        value={values.rhythm}
        onChange={(rhythm) => put({ rhythm: rhythm as New["rhythm"], day: 1 })}
      />
      {values.rhythm === "weekly" ? (
        <Select
          label={t("schedule.weekday")}
          data={WEEK.map((day) => ({ value: String(day), label: weekdayOf(day, i18n.language) }))}
          value={String(values.day)}
          onChange={(day) => day && put({ day: Number(day) })}
          allowDeselect={false}
          error={error}
        />
      ) : (
        <NumberInput
          label={t("schedule.day")}
          description={values.rhythm === "twice_monthly" ? t("schedule.day_twice_help") : undefined}
          value={values.day}
          onChange={(day) => typeof day === "number" && put({ day })}
          min={1}
          max={DAYS[values.rhythm]}
          allowDecimal={false}
          error={error}
        />
      )}
    </>
  );
}
