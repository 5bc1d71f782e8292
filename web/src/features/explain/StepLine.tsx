import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { KeyValues } from "~/ui/KeyValues";
import type { Tone } from "~/ui/palette";
import { StatusChip } from "~/ui/StatusChip";
import type { Step, Subject } from "./api";
import classes from "./explain.module.css";
import { changeOf, saidBy } from "./sentences";
import { type Speech, spoken } from "./values";

const TONES: Record<Step["verdict"], Tone> = {
  passed: "good",
  refused: "bad",
  marked: "test",
  waits: "pending",
  not_reached: "neutral",
};

interface Props {
  step: Step;
  subject: Subject;
  speech: Speech;
  /** Values are shown where the step spoke, and of all steps where the reader asks for them. */
  withValues: boolean;
}

/** One step: its verdict, a sentence, what it looked at, and what would have changed it. */
export function StepLine({ step, subject, speech, withValues }: Props) {
  const { t } = useTranslation("explain");
  const change = changeOf(step, speech);
  const values = Object.entries((step.values ?? {}) as Record<string, unknown>);
  return (
    <li className={classes.step}>
      <StatusChip tone={TONES[step.verdict]} label={speech.word("decision_verdict", step.verdict)} />
      <Stack gap={4} className={classes.words}>
        <Text fw={step.verdict === "passed" ? undefined : 600}>{saidBy(step, subject, speech)}</Text>
        {change && (
          <Text fz="sm">
            <Text span c="dimmed">
              {t("change")}
            </Text>{" "}
            {change}
          </Text>
        )}
        {withValues && values.length > 0 && (
          <div className={classes.values}>
            <KeyValues
              items={values.map(([name, value]) => ({
                label: speech.word("decision_value", name),
                value: <span translate="no">{spoken(name, value, speech)}</span>,
              }))}
            />
          </div>
        )}
      </Stack>
    </li>
  );
}
