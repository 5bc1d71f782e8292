import { Group, Text } from "@mantine/core";
import { CopyButton } from "~/ui/Copyable";
import classes from "./conversions.module.css";

interface Props {
  label: string;
  text: string;
  /** What is shown, where a secret in the text stays hidden. */
  shown?: string;
}

/** A text to paste elsewhere. */
export function Snippet({ label, text, shown }: Props) {
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <CopyButton text={text} />
      </Group>
      <code className={classes.code}>{shown ?? text}</code>
    </div>
  );
}
