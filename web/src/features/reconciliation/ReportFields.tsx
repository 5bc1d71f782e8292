import { Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { MoneyInput } from "~/ui/FigureInputs";
import type { Decision } from "./model";

type Report = NonNullable<Decision["report"]>;

interface Props {
  /** One line alone: then it can be said what its customer paid. */
  isOne: boolean;
  onChange: (report: Report) => void;
}

/** What a conversion that is made from a row of theirs needs beyond the row. */
export function ReportFields({ isOne, onChange }: Props) {
  const { t } = useTranslation("reconciliation");
  const currency = useMe().workspace.reporting_currency;
  const [goal, setGoal] = useState("");
  const [minor, setMinor] = useState<number | null>(null);
  const tell = (goal: string, minor: number | null) =>
    onChange({ goal: goal.trim() || null, order_value: minor ? { minor, currency } : null });
  return (
    <Group grow align="flex-start">
      <TextInput
        label={t("decide.goal")}
        description={t("decide.goal_help")}
        value={goal}
        onChange={(event) => {
          setGoal(event.currentTarget.value);
          tell(event.currentTarget.value, minor);
        }}
      />
      {isOne && (
        <MoneyInput
          label={t("decide.value")}
          description={t("decide.value_help")}
          currency={currency}
          value={minor}
          onChange={(value) => {
            setMinor(value);
            tell(goal, value);
          }}
        />
      )}
    </Group>
  );
}
