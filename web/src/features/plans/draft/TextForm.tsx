import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "~/ui/Copyable";
import { FormError } from "~/ui/FormError";
import type { DraftBody } from "./api";

interface Props {
  /** The plan as text now. */
  text: string;
  onSave: (body: DraftBody) => Promise<unknown>;
  readOnly?: boolean;
}

/** The plan as text: to review, to copy, to change. */
export function TextForm({ text, onSave, readOnly }: Props) {
  const { t } = useTranslation("plan_editor");
  const [typed, setTyped] = useState<string>();
  const save = useMutation({
    mutationFn: () => onSave({ text: typed ?? text }),
    onSuccess: () => setTyped(undefined),
  });
  const isChanged = typed !== undefined && typed !== text;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("text.help")}
      </Text>
      <FormError error={save.error} />
      <Textarea
        label={t("text.label")}
        value={typed ?? text}
        onChange={(event) => setTyped(event.currentTarget.value)}
        readOnly={readOnly}
        autosize
        minRows={8}
        maxRows={30}
        spellCheck={false}
        translate="no"
        styles={{
          input: { fontFamily: "var(--mantine-font-family-monospace)", whiteSpace: "pre", overflowX: "auto" },
        }}
      />
      <Group gap="xs">
        {!readOnly && (
          <>
            <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>
              {t("text.apply")}
            </Button>
            {isChanged && (
              <Button variant="default" onClick={() => setTyped(undefined)}>
                {t("text.undo")}
              </Button>
            )}
          </>
        )}
        <CopyButton text={typed ?? text} label={t("text.copy")} />
      </Group>
    </Stack>
  );
}
