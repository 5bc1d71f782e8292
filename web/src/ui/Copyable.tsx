import { ActionIcon, CopyButton as Copying, Group, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./small.module.css";

/** A button that copies a text and says so. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation("ui");
  return (
    <Copying value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("copy.copied") : (label ?? t("copy.copy"))} opened={copied || undefined}>
          <ActionIcon
            variant="subtle"
            color={copied ? "teal" : "gray"}
            size={32}
            aria-label={copied ? t("copy.copied") : (label ?? t("copy.copy"))}
            onClick={(event) => {
              event.stopPropagation();
              copy();
            }}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </Copying>
  );
}

interface CopyableProps {
  text: string;
  /** What is shown when it is not the text itself (an id cut short). */
  children?: ReactNode;
  mono?: boolean;
}

/** A text with a button that copies it: ids, codes, links. */
export function Copyable({ text, children, mono }: CopyableProps) {
  return (
    <span className={classes.copyable}>
      <span className={`${classes.copyText} ${mono ? classes.mono : ""}`} title={children ? text : undefined}>
        {children ?? text}
      </span>
      <CopyButton text={text} />
    </span>
  );
}

interface CopyFieldProps {
  label: string;
  value: string;
  description?: ReactNode;
  mono?: boolean;
}

/** A field to copy from: a tracking link, a key shown once, a snippet's address. */
export function CopyField({ label, value, description, mono }: CopyFieldProps) {
  return (
    <Group align="flex-end" gap={4} wrap="nowrap">
      <TextInput
        flex={1}
        miw={0}
        label={label}
        description={description}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        classNames={mono ? { input: classes.mono } : undefined}
        rightSection={<CopyButton text={value} />}
        rightSectionWidth={36}
      />
    </Group>
  );
}
