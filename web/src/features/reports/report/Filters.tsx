import { Button, Group, Menu, Pill } from "@mantine/core";
import { IconFilterPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FilterValues } from "./FilterValues";
import type { Filter } from "./question";
import { useDimensionText } from "./useDimensionText";

interface Props {
  known: string[];
  labels: Record<string, string>;
  filters: Filter[];
  onChange: (filters: Filter[]) => void;
}

const NAMED_VALUES_MAX = 3;

/** What the report is narrowed to: a chip a filter, and a menu of the others. */
export function Filters({ known, labels, filters, onChange }: Props) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const text = useDimensionText(labels);
  const [asking, setAsking] = useState<string | null>(null);
  const rest = known.filter((dimension) => !filters.some(({ field }) => field === dimension));
  const set = (field: string, values: string[]) => {
    const others = filters.filter((filter) => filter.field !== field);
    onChange(values.length > 0 ? [...others, { field, values }] : others);
  };
  const inWords = ({ field, values }: Filter) => {
    const names = values.slice(0, NAMED_VALUES_MAX).map((value) => text(field, value));
    const more = values.length - names.length;
    return `${word("dimension", field)}: ${names.join(", ")}${more > 0 ? ` +${more}` : ""}`;
  };
  return (
    <Group gap="xs">
      {filters.map((filter) => (
        <Pill.Group key={filter.field}>
          <Pill
            size="lg"
            withRemoveButton
            onRemove={() => set(filter.field, [])}
            removeButtonProps={{
              "aria-label": t("report.drop_filter", { filter: word("dimension", filter.field) }),
              tabIndex: 0,
            }}
          >
            <span translate="no">{inWords(filter)}</span>
          </Pill>
        </Pill.Group>
      ))}
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconFilterPlus size={16} aria-hidden />}>
            {t("report.add_filter")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
          {rest.map((dimension) => (
            <Menu.Item key={dimension} onClick={() => setAsking(dimension)}>
              {word("dimension", dimension)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <FilterValues
          dimension={asking}
          onClose={() => setAsking(null)}
          onChoose={(values) => {
            set(asking, values);
            setAsking(null);
          }}
        />
      )}
    </Group>
  );
}
