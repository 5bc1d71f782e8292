import { ActionIcon, Radio, Select, TextInput, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { RateExample } from "~/features/plans/RateExample";
import { RateField } from "~/features/plans/RateField";
import { GOAL_KINDS, type GoalKind } from "../model";
import type { GoalDraft } from "./draft";
import classes from "./editor.module.css";

interface Props {
  goal: GoalDraft;
  onChange: (goal: GoalDraft) => void;
  currency: string;
  /** Errors by the field's own name. */
  errorOf: (field: "name" | "kind" | "payout" | "revenue") => string | undefined;
  onPrimary?: () => void;
  /** Absent where the goal cannot go. */
  onRemove?: () => void;
  /** The kind of a goal that is there already stays. */
  kindIsFixed?: boolean;
}

/** One goal: what it is called, what a partner earns, what is charged, and what that comes to. */
export function GoalFields({ goal, onChange, currency, errorOf, onPrimary, onRemove, kindIsFixed }: Props) {
  const { t } = useTranslation("offers");
  const { t: plans } = useTranslation("plans");
  const word = useWords();
  const chooseKind = (kind: GoalKind) => {
    const isOwnName = goal.name.trim() !== "" && goal.name !== goal.kind;
    onChange({ ...goal, kind, name: isOwnName ? goal.name : kind === "custom" ? "" : kind });
  };
  return (
    <div className={classes.goal}>
      {(onPrimary || onRemove) && (
        <div className={classes.goalHead}>
          {onPrimary ? (
            <Radio name="primary" label={t("goals.primary")} checked={goal.is_primary} onChange={onPrimary} />
          ) : (
            <span />
          )}
          {onRemove && (
            <Tooltip label={t("goals.remove")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t("goals.remove")}
                onClick={onRemove}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      )}
      <Select
        label={t("goals.kind")}
        data={GOAL_KINDS.map((kind) => ({ value: kind, label: word("goal_kind", kind) }))}
        value={goal.kind}
        onChange={(kind) => chooseKind(kind as GoalKind)}
        allowDeselect={false}
        searchable
        disabled={kindIsFixed}
        error={errorOf("kind")}
      />
      <TextInput
        label={t("goals.name")}
        description={t("goals.name_help")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        required
        value={goal.name}
        onChange={(event) => onChange({ ...goal, name: event.currentTarget.value })}
        error={errorOf("name")}
      />
      <RateField
        label={plans("rate.payout")}
        draft={goal.payout}
        onChange={(payout) => onChange({ ...goal, payout })}
        currency={currency}
        error={errorOf("payout")}
      />
      <RateField
        label={plans("rate.revenue")}
        draft={goal.revenue}
        onChange={(revenue) => onChange({ ...goal, revenue })}
        currency={currency}
        error={errorOf("revenue")}
      />
      <div className={classes.wide}>
        <RateExample goal={goal} payout={goal.payout} revenue={goal.revenue} currency={currency} />
      </div>
    </div>
  );
}
