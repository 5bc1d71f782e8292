import { ActionIcon, Button, Group, Select, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { MoneyInput } from "~/ui/FigureInputs";
import { useFormat } from "~/ui/format";
import { usePeriodOptions } from "./CountedFields";
import { nextKey, type RuleDraft } from "./ruleDraft";

interface Props {
  limits: RuleDraft["limits"];
  onChange: (limits: RuleDraft["limits"]) => void;
  currency: string;
}

/** The most that the rule pays within a period. */
export function LimitFields({ limits, onChange, currency }: Props) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  const periods = usePeriodOptions();
  const set = (key: number, change: object) =>
    onChange(limits.map((limit) => (limit.key === key ? { ...limit, ...change } : limit)));
  const add = () =>
    onChange([...limits, { key: nextKey(limits), per: "customer", period: "month", minor: null }]);
  return (
    <Stack gap="xs">
      {limits.map((limit, place) => {
        const limitNumber = number(place + 1);
        return (
          <Group key={limit.key} align="flex-end" wrap="nowrap" gap="xs">
            <MoneyInput
              label={t("limit.amount", { number: limitNumber })}
              currency={currency}
              value={limit.minor}
              onChange={(minor) => set(limit.key, { minor })}
            />
            <Select
              label={t("limit.per", { number: limitNumber })}
              data={[
                { value: "customer", label: t("limit.customer") },
                { value: "partner", label: t("limit.partner") },
                { value: "all", label: t("limit.all") },
              ]}
              value={limit.per}
              onChange={(per) => set(limit.key, { per })}
              allowDeselect={false}
            />
            <Select
              label={t("limit.period", { number: limitNumber })}
              data={periods}
              value={limit.period}
              onChange={(period) => set(limit.key, { period })}
              allowDeselect={false}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t("limit.remove", { number: limitNumber })}
              onClick={() => onChange(limits.filter(({ key }) => key !== limit.key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      <Button
        variant="default"
        style={{ alignSelf: "flex-start" }}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={add}
      >
        {t("limit.add")}
      </Button>
    </Stack>
  );
}
