import { Alert, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Explanation, Subject } from "./api";
import classes from "./explain.module.css";
import { StepLine } from "./StepLine";
import { useSpeech } from "./useSpeech";

interface Props {
  told: Explanation;
  subject: Subject;
  labels: Record<string, string>;
}

/** The steps of a decision in their order. Those that were not reached are counted, not listed. */
export function Why({ told, subject, labels }: Props) {
  const { t } = useTranslation("explain");
  const speech = useSpeech(labels);
  const [isWhole, setWhole] = useState(false);
  if (!told.is_traced) return <Text c="dimmed">{t("untraced")}</Text>;
  const taken = told.steps.filter(({ verdict }) => verdict !== "not_reached");
  const left = told.steps.length - taken.length;
  const hasValues = told.steps.some(({ values }) => Object.keys(values ?? {}).length > 0);
  return (
    <Stack gap="sm">
      {(told.differences ?? []).length > 0 && <Alert color="red">{t("differs")}</Alert>}
      {hasValues && (
        <Switch
          label={t("values")}
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
      )}
      <ol className={classes.steps} aria-label={t("section")}>
        {taken.map((step) => (
          <StepLine
            key={step.step}
            step={step}
            subject={subject}
            speech={speech}
            withValues={isWhole || step.verdict === "refused"}
          />
        ))}
      </ol>
      {left > 0 && (
        <Text fz="sm" c="dimmed">
          {t("not_reached", { count: left })}
        </Text>
      )}
    </Stack>
  );
}
