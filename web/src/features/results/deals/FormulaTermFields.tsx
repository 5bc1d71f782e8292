import { ActionIcon, Group, MultiSelect, Paper, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { PercentInput } from "~/ui/FigureInputs";
import { MONEY_FIGURES, type MoneyFigure } from "../model";
import type { TermDraft } from "./termDraft";

const PERCENT_DIGITS = 8;

interface Props {
  number: number;
  draft: TermDraft;
  error?: string;
  onChange: (draft: TermDraft) => void;
  /** Absent where it is the only one. */
  onRemove?: () => void;
}

/** One term: a percentage of figures that are added less figures that are taken off. */
export function FormulaTermFields({ number, draft, error, onChange, onRemove }: Props) {
  const { t } = useTranslation("results");
  const word = useWords();
  const figures = (taken: readonly MoneyFigure[]) =>
    MONEY_FIGURES.filter((figure) => !taken.includes(figure)).map((figure) => ({
      value: figure,
      label: word("result_figure", figure),
    }));
  return (
    <Paper withBorder p="sm" component="fieldset" aria-label={t("term", { number })}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600}>
            {t("term", { number })}
          </Text>
          {onRemove && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t("term_remove", { number })}
              onClick={onRemove}
            >
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
        <PercentInput
          label={t("term_percent")}
          description={t("term_percent_help")}
          value={draft.percent}
          onChange={(percent) => onChange({ ...draft, percent })}
          digits={PERCENT_DIGITS}
          allowNegative
          error={error}
        />
        <Group grow align="flex-start" gap="xs">
          <MultiSelect
            label={t("term_plus")}
            data={figures(draft.minus)}
            value={draft.plus}
            onChange={(plus) => onChange({ ...draft, plus: plus as MoneyFigure[] })}
          />
          <MultiSelect
            label={t("term_minus")}
            data={figures(draft.plus)}
            value={draft.minus}
            onChange={(minus) => onChange({ ...draft, minus: minus as MoneyFigure[] })}
          />
        </Group>
      </Stack>
    </Paper>
  );
}
