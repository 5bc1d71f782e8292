import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { byStrength } from "../conditions";
import classes from "../plans.module.css";
import type { Rule } from "../shapes";
import { ruleInWords } from "../words/ruleWords";
import type { Speaker } from "../words/speaker";

interface Props {
  rules: readonly Rule[];
  speaker: Speaker;
  label: string;
  /** What is said of a rule, or can be done with it, beside its sentence. */
  beside?: (rule: Rule) => ReactNode;
  below?: (rule: Rule) => ReactNode;
}

/** Rules as sentences, the strongest first: of those that apply to a conversion the uppermost prices it. */
export function RuleSentences({ rules, speaker, label, beside, below }: Props) {
  const { t } = useTranslation("plan_editor");
  if (rules.length === 0) return <Text c="dimmed">{t("rules.none")}</Text>;
  return (
    <ol className={classes.rules} aria-label={label}>
      {byStrength(rules).map((rule) => (
        <li key={rule.id} className={classes.rule}>
          <div className={classes.ruleRow}>
            <div className={classes.ruleBody}>
              {rule.name && (
                <Text fw={600} translate="no">
                  {rule.name}
                </Text>
              )}
              <Text translate="no">{ruleInWords(rule, speaker)}</Text>
              {rule.priority ? (
                <Text size="sm" c="dimmed">
                  {t("rules.priority", { priority: speaker.format.number(rule.priority) })}
                </Text>
              ) : null}
              {below?.(rule)}
            </div>
            {beside?.(rule)}
          </div>
        </li>
      ))}
    </ol>
  );
}
