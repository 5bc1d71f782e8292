import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { Money } from "~/ui/Money";
import { ActButtons } from "./ActButtons";
import classes from "./conversions.module.css";
import type { ConversionDetail } from "./model";
import type { Act } from "./rules";
import { useClockText } from "./useClockText";

interface Props {
  conversion: ConversionDetail;
  acts: readonly Act[];
  onAct: (act: Act) => void;
}

/** Where the conversion stands, what it is worth, which clock runs, what can be done. */
export function Summary({ conversion, acts, onAct }: Props) {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const clock = useClockText()(conversion);
  const { sale, refunded, payout, revenue } = conversion;
  const figures = [
    { id: "sale", label: t("column.sale"), value: sale },
    { id: "refunded", label: t("column.refunded"), value: refunded.minor === 0 ? undefined : refunded },
    { id: "earnings", label: t("column.earnings"), value: payout },
    { id: "revenue", label: payout ? t("column.revenue") : t("column.charged"), value: revenue },
  ];
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <StateChip of="conversion" state={conversion.frozen_at ? "frozen" : conversion.status} />
        {conversion.reason && <Text>{word("conversion_reason", conversion.reason)}</Text>}
        {!conversion.is_primary && (
          <Text c="dimmed" size="sm">
            {t("one.is_event")}
          </Text>
        )}
      </Group>
      <dl className={classes.figures}>
        {figures.map(
          ({ id, label, value }) =>
            value && (
              <div key={id}>
                <dt>{label}</dt>
                <dd>
                  <Money value={value} />
                </dd>
              </div>
            ),
        )}
      </dl>
      {clock && (
        <Text component="p" m={0}>
          {clock}
        </Text>
      )}
      <ActButtons acts={acts} onAct={onAct} />
    </Stack>
  );
}
