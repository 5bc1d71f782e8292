import { Button, Group, Text } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/ui/Page";

export interface Dropped {
  id: string;
  label: string;
  onDrop: () => void;
}

/** Nothing fits the filters: names each, so that one can be dropped. */
export function NothingWithFilters({ filters, period }: { filters: readonly Dropped[]; period?: string }) {
  const { t } = useTranslation("conversions");
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={t("nothing.title")}
      text={
        <>
          {filters.length > 0 && (
            <Text component="p" m={0}>
              {t("nothing.drop")}
            </Text>
          )}
          {period && (
            <Text component="p" m={0}>
              {t("nothing.period", { period })}
            </Text>
          )}
        </>
      }
      action={
        <Group gap="xs" justify="center">
          {filters.map(({ id, label, onDrop }) => (
            <Button key={id} variant="default" onClick={onDrop}>
              {label}
            </Button>
          ))}
        </Group>
      }
    />
  );
}
