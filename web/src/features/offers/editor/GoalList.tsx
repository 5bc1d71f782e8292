import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type GoalDraft, newGoal } from "./draft";
import type { OfferForm } from "./form";
import { GoalFields } from "./GoalFields";

const GOALS_MAX = 30;

/** The goals of a new offer. */
export function GoalList({ form }: { form: OfferForm }) {
  const { t } = useTranslation("offers");
  const { goals, currency } = form.values;
  const put = (after: GoalDraft[]) => form.setFieldValue("goals", after);
  const replace = (index: number, goal: GoalDraft) => {
    for (const field of ["name", "payout", "revenue"]) form.clearFieldError(`goals.${index}.${field}`);
    put(goals.map((other, place) => (place === index ? goal : other)));
  };
  const makePrimary = (index: number) =>
    put(goals.map((goal, place) => ({ ...goal, is_primary: place === index })));
  const remove = (index: number) => {
    const left = goals.filter((_, place) => place !== index);
    put(
      left.some((goal) => goal.is_primary)
        ? left
        : left.map((goal, place) => ({ ...goal, is_primary: place === 0 })),
    );
  };
  const isOnly = goals.length === 1;
  return (
    <>
      {goals.map((goal, index) => (
        <GoalFields
          key={goal.key}
          goal={goal}
          onChange={(after) => replace(index, after)}
          currency={currency}
          errorOf={(field) => textOf(form.errors[`goals.${index}.${field}`])}
          onPrimary={isOnly ? undefined : () => makePrimary(index)}
          onRemove={isOnly ? undefined : () => remove(index)}
        />
      ))}
      {goals.length < GOALS_MAX && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => put([...goals, newGoal("lead", false)])}
          style={{ alignSelf: "flex-start" }}
        >
          {t("goals.add")}
        </Button>
      )}
    </>
  );
}

function textOf(error: React.ReactNode): string | undefined {
  return typeof error === "string" ? error : undefined;
}
