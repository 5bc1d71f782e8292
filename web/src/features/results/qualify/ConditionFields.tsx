import { ActionIcon, Group, NumberInput, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { MoneyInput } from "~/ui/FigureInputs";
import { COUNT_FIGURES, MONEY_FIGURES } from "../model";
import type { Condition, ConditionDraft, Figure } from "./draft";
import { isCount } from "./draft";

const COUNT_MAX = 1_000;

interface Props {
  number: number;
  draft: ConditionDraft;
  currency: string;
  /** The last day of the window. */
  windowDays: number;
  error?: string;
  onChange: (draft: ConditionDraft) => void;
  /** Absent where it is the only one. */
  onRemove?: () => void;
}

/** One thing that is asked: a figure that adds up, activity on a day, or so many conversions. */
export function ConditionFields({ number, draft, currency, windowDays, error, onChange, onRemove }: Props) {
  const { t } = useTranslation("results");
  const word = useWords();
  const kinds: Record<Condition["kind"], string> = {
    at_least: t("qualify.at_least"),
    active_on_day: t("qualify.active_on_day"),
    orders: t("qualify.orders"),
  };
  const put = (value: number | string | null) =>
    onChange({ ...draft, value: value === "" || value === null ? null : Number(value) });
  const isAmount = draft.kind === "at_least" && !isCount(draft.figure);
  const valueLabel = {
    at_least: t("qualify.value"),
    active_on_day: t("qualify.day"),
    orders: t("qualify.count"),
  }[draft.kind];
  return (
    <Group role="group" aria-label={t("qualify.condition", { number })} align="flex-end" gap="xs">
      <Select
        label={t("qualify.kind")}
        data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        value={draft.kind}
        onChange={(kind) => kind && onChange({ ...draft, kind: kind as Condition["kind"], value: null })}
        allowDeselect={false}
        w={190}
      />
      {draft.kind === "at_least" && (
        <Select
          label={t("qualify.figure")}
          data={[...MONEY_FIGURES, ...COUNT_FIGURES].map((figure) => ({
            value: figure,
            label: word("result_figure", figure),
          }))}
          value={draft.figure}
          onChange={(figure) => figure && onChange({ ...draft, figure: figure as Figure, value: null })}
          allowDeselect={false}
          w={150}
        />
      )}
      {isAmount ? (
        <MoneyInput
          label={valueLabel}
          value={draft.value}
          onChange={put}
          currency={currency}
          error={error}
          w={130}
        />
      ) : (
        <NumberInput
          label={valueLabel}
          value={draft.value ?? ""}
          onChange={put}
          min={draft.kind === "active_on_day" ? 0 : 1}
          max={draft.kind === "active_on_day" ? windowDays : COUNT_MAX}
          allowDecimal={false}
          error={error}
          w={130}
        />
      )}
      {onRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("qualify.remove", { number })}
          onClick={onRemove}
        >
          <IconTrash size={18} />
        </ActionIcon>
      )}
    </Group>
  );
}
