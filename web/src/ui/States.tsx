import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconFilterOff, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "./problems";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
}

/** There is nothing yet: says so, and how to make the first. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" maw={440} mx="auto" ta="center">
      {icon ? (
        <Text c="dimmed" component="span" aria-hidden lh={1}>
          {icon}
        </Text>
      ) : null}
      <Text fw={600} fz="lg" component="p" m={0}>
        {title}
      </Text>
      {text ? (
        <Text c="dimmed" component="div">
          {text}
        </Text>
      ) : null}
      {action ? (
        <Group mt="xs" justify="center">
          {action}
        </Group>
      ) : null}
    </Stack>
  );
}

/** Something is there, but not with these filters. */
export function NothingFound({ onClearFilters, text }: { onClearFilters?: () => void; text?: ReactNode }) {
  const { t } = useTranslation("ui");
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={t("table.nothingFound")}
      text={text ?? t("table.nothingFoundHint")}
      action={
        onClearFilters ? (
          <Button variant="default" onClick={onClearFilters}>
            {t("table.clearFilters")}
          </Button>
        ) : null
      }
    />
  );
}

export interface ErrorStateProps {
  /** What went wrong; a general sentence without it. */
  title?: string;
  /** What to try. */
  text?: ReactNode;
  /** Any thrown value; a Problem gives its detail and its reference. */
  error?: unknown;
  reference?: string;
  onRetry?: () => void;
}

/** What went wrong, what to try, and the number to tell support. */
export function ErrorState({ title, text, error, reference, onRetry }: ErrorStateProps) {
  const { t } = useTranslation("ui");
  const known = error === undefined ? undefined : saidOf(error);
  const number = reference ?? known?.reference;
  return (
    <Stack role="alert" align="center" gap="xs" py="xl" px="md" maw={480} mx="auto" ta="center">
      <IconAlertTriangle size={28} stroke={1.5} color="var(--ui-down)" aria-hidden />
      <Text fw={600} fz="lg" component="p" m={0}>
        {title ?? t("error.title")}
      </Text>
      <Text c="dimmed" component="div">
        {text ?? known?.text ?? t("error.hint")}
      </Text>
      {number ? (
        <Text size="sm" c="dimmed">
          {t("error.reference")} <Code>{number}</Code>
        </Text>
      ) : null}
      {onRetry ? (
        <Button mt="xs" variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
          {t("error.retry")}
        </Button>
      ) : null}
    </Stack>
  );
}
