import { ActionIcon, Button, Group, Select, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { MoneyInput, PercentInput } from "~/ui/FigureInputs";
import type { Agreed, ShareTier } from "../settle";

const TIERS_MAX = 20;
const PERCENT_DIGITS = 8;
const TIER_MODES = ["whole", "marginal"] as const satisfies readonly Agreed["tier_mode"][];

/** A tier while it is typed. */
export interface TierDraft {
  key: string;
  from: number | null;
  percent: number | null;
}

export function firstTier(): TierDraft {
  return { key: crypto.randomUUID(), from: 0, percent: 30 };
}

/** The tiers, once all of them are whole. */
export function tiersOf(drafts: readonly TierDraft[]): ShareTier[] | undefined {
  const whole = drafts.flatMap(({ from, percent }) =>
    from === null || percent === null ? [] : [{ from_minor: from, percent: String(percent) }],
  );
  return whole.length === drafts.length ? whole : undefined;
}

interface Props {
  tiers: readonly TierDraft[];
  onChange: (tiers: TierDraft[]) => void;
  mode: Agreed["tier_mode"];
  onMode: (mode: Agreed["tier_mode"]) => void;
  currency: string;
  /** By the field's name in the API. */
  errors: Record<string, string>;
}

/** The share, and from how much net revenue of a month another one holds. */
export function TierRows({ tiers, onChange, mode, onMode, currency, errors }: Props) {
  const { t } = useTranslation("results");
  const word = useWords();
  const put = (changed: TierDraft) => onChange(tiers.map((one) => (one.key === changed.key ? changed : one)));
  return (
    <Stack gap="xs">
      {tiers.map((tier, index) => (
        <Group key={tier.key} align="flex-end" gap="xs" wrap="nowrap">
          <PercentInput
            label={index === 0 ? t("share") : t("share_step", { number: index + 1 })}
            value={tier.percent}
            onChange={(percent) => put({ ...tier, percent })}
            digits={PERCENT_DIGITS}
            max={100}
            error={errors[`tiers.${index}.percent`]}
            required
          />
          {index > 0 && (
            <MoneyInput
              label={t("share_step_from", { number: index + 1 })}
              value={tier.from}
              onChange={(from) => put({ ...tier, from })}
              currency={currency}
              error={errors[`tiers.${index}.from_minor`]}
              required
            />
          )}
          {index > 0 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t("share_step_remove", { number: index + 1 })}
              onClick={() => onChange(tiers.filter(({ key }) => key !== tier.key))}
            >
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Group gap="xs" align="flex-end">
        {tiers.length > 1 && (
          <Select
            label={t("tier_mode")}
            data={TIER_MODES.map((value) => ({ value, label: word("tier_mode", value) }))}
            value={mode}
            onChange={(chosen) => chosen && onMode(chosen as Agreed["tier_mode"])}
            allowDeselect={false}
            miw={280}
          />
        )}
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={tiers.length >= TIERS_MAX}
          onClick={() => onChange([...tiers, { key: crypto.randomUUID(), from: null, percent: null }])}
        >
          {t("share_step_add")}
        </Button>
      </Group>
    </Stack>
  );
}
