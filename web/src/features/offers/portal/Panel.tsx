import { Card, Group, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A part of the page under its own heading. */
export function Panel({ title, action, children }: Props) {
  return (
    <Card component="section" withBorder padding="md">
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2}>{title}</Title>
        {action}
      </Group>
      {children}
    </Card>
  );
}
