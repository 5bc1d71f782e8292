import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { addDays, todayIn } from "~/ui/dates";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { useGo } from "~/ui/HrefLink";
import { fieldErrors } from "~/ui/problems";
import { type Only, OnlyFields } from "./OnlyFields";
import { simulate } from "./queries";

/** Days that a plan is tried on unless others are chosen. */
const DAYS = 30;

interface Props {
  offerId: string;
  /** The plan in force is tried where there is no draft. */
  draftId: string | undefined;
  disabled?: boolean;
}

/** Tries a plan on what happened, and opens what was found. */
export function SimulateButton({ offerId, draftId, disabled }: Props) {
  const { t } = useTranslation("simulations");
  const [isOpen, setOpen] = useState(false);
  if (!useMay("plans:simulate")) return null;
  return (
    <>
      <Button variant="default" disabled={disabled} onClick={() => setOpen(true)}>
        {t("start.open")}
      </Button>
      {isOpen && <Window offerId={offerId} draftId={draftId} onClose={() => setOpen(false)} />}
    </>
  );
}

interface WindowProps {
  offerId: string;
  draftId: string | undefined;
  onClose: () => void;
}

function Window({ offerId, draftId, onClose }: WindowProps) {
  const { t } = useTranslation("simulations");
  const { timezone, language } = useFormat();
  const go = useGo();
  const queries = useQueryClient();
  const today = todayIn(timezone);
  const [from, setFrom] = useState(addDays(today, 1 - DAYS));
  const [to, setTo] = useState(today);
  const [only, setOnly] = useState<Only>();
  const start = useMutation({
    mutationFn: () => simulate(offerId, draftId, { from, to, timezone, only }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ["simulations", "of", offerId] });
      go(`/offers/${offerId}/plan/simulations/${id}`);
    },
  });
  const complaints = start.error ? fieldErrors(start.error) : {};
  return (
    <FormDrawer
      title={draftId ? t("start.draft") : t("start.in_force")}
      onClose={onClose}
      onSubmit={start.mutate}
      error={start.error}
      isSaving={start.isPending}
      submitLabel={t("start.act")}
    >
      <Stack gap="md">
        <Text size="sm">{draftId ? t("start.draft_hint") : t("start.in_force_hint")}</Text>
        <Group grow align="start">
          <DatePickerInput
            label={t("start.from")}
            value={from}
            onChange={(day) => day && setFrom(day)}
            maxDate={to}
            locale={language}
            error={complaints.from}
          />
          <DatePickerInput
            label={t("start.to")}
            value={to}
            onChange={(day) => day && setTo(day)}
            minDate={from}
            maxDate={today}
            locale={language}
            error={complaints.to}
          />
        </Group>
        <Switch
          label={t("start.some")}
          checked={only !== undefined}
          onChange={({ currentTarget }) => setOnly(currentTarget.checked ? {} : undefined)}
        />
        {only && <OnlyFields only={only} onChange={setOnly} />}
      </Stack>
    </FormDrawer>
  );
}
