import { Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { startOfDay } from "~/features/conversions/days";
import { simulationsQuery } from "~/features/simulations/queries";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { wholeSides } from "../conditions";
import { type MarginWordsSent, useMarginWords } from "../MarginWords";
import type { Sides } from "../shapes";
import { ValidFrom } from "../ValidFrom";
import { Changes } from "../versions/Changes";
import { changesBetween, isForEverybody } from "../words/diff";
import type { Speaker } from "../words/speaker";
import { type Draft, switchOn } from "./api";

interface Props {
  draft: Draft;
  /** The plan in force. */
  before: Sides;
  speaker: Speaker;
  onDone: () => void;
  onClose: () => void;
}

/** From when the draft holds, and what it changes for whom. */
export function SwitchOn({ draft, before, speaker, onDone, onClose }: Props) {
  const { t } = useTranslation("plan_editor");
  const { timezone, number, date, money } = useFormat();
  const queries = useQueryClient();
  const [day, setDay] = useState<string | null>(null);
  const { data: simulations } = useQuery(simulationsQuery(draft.offer_id));
  // What was found before the last change is of another draft.
  const tried = simulations?.find(
    ({ draft_id, state, created_at }) =>
      draft_id === draft.id && state === "done" && created_at >= draft.updated_at,
  );
  const save = useMutation({
    mutationFn: (words: MarginWordsSent) =>
      switchOn(draft.id, day ? startOfDay(day, timezone) : null, { simulation_id: tried?.id, ...words }),
    onSuccess: async () => {
      // The draft itself is gone and is not asked for again.
      const touched = [["plan"], ["plan-drafts", "of"], ["offers"], ["audit"]];
      await Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey })));
      notifyDone(t("switch_on.done"));
      onDone();
    },
  });
  const margin = useMarginWords(save.error);
  const after = wholeSides(draft);
  const touched = changesBetween(before.earnings, after.earnings).map((change) =>
    change.kind === "gone" ? change.before : change.after,
  );
  const everybody = touched.some(isForEverybody);
  return (
    <FormDrawer
      title={t("switch_on.title")}
      size="lg"
      onClose={onClose}
      onSubmit={() => save.mutate(margin.sent)}
      error={save.error}
      isSaving={save.isPending}
      submitLabel={day ? t("switch_on.act_date") : t("switch_on.act")}
    >
      <Stack gap="md">
        {margin.field}
        <ValidFrom day={day} onChange={setDay} />
        {touched.length > 0 && (
          <Text>
            {everybody
              ? t("switch_on.everybody", { count: touched.length, shown: number(touched.length) })
              : t("switch_on.some", { count: touched.length, shown: number(touched.length) })}
          </Text>
        )}
        <Changes side="earnings" before={before.earnings} after={after.earnings} speaker={speaker} />
        <Changes side="revenue" before={before.revenue} after={after.revenue} speaker={speaker} />
        {tried?.before && tried.after && (
          <Text>
            {t("switch_on.tried", {
              from: date(tried.from),
              to: date(new Date(Date.parse(tried.to) - 1).toISOString()),
              before: money({ minor: tried.before.earnings_minor, currency: tried.currency }),
              after: money({ minor: tried.after.earnings_minor, currency: tried.currency }),
            })}
          </Text>
        )}
        {draft.findings.length > 0 && (
          <Text fw={600}>
            {t("switch_on.findings", { count: draft.findings.length, shown: number(draft.findings.length) })}
          </Text>
        )}
      </Stack>
    </FormDrawer>
  );
}
