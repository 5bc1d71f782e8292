import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { StatusChip } from "~/ui/StatusChip";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { type Scrub, useScrubsChanged } from "./model";
import { APPEAL_TONES, useScrubWords } from "./useScrubWords";

const WORDS_CHARS_MAX = 2_000;

interface Props {
  row: Omit<Scrub, "names">;
  mayAnswer: boolean;
}

/** What a partner says against it, and the answer. */
export function AnswerAppeal({ row, mayAnswer }: Props) {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const changed = useScrubsChanged();
  const [text, setText] = useState("");
  const answer = useMutation({
    mutationFn: async (uphold: boolean) => {
      const params = { path: { id: row.id } };
      return bodyOf(await client.POST("/v1/scrubs/{id}/answer", { params, body: { uphold, words: text } }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("appeal.answered"));
    },
  });
  if (!row.appeal_state) return null;
  return (
    <Stack gap="xs" mt="xs">
      <Group gap="xs">
        <StatusChip tone={APPEAL_TONES[row.appeal_state]} label={words.appeal[row.appeal_state]} />
        <Text size="sm" c="dimmed">
          <When value={row.appealed_at} />
        </Text>
      </Group>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {t("appeal.partner_says")} <span translate="no">{row.appeal_words}</span>
      </Text>
      {row.answer && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {t("appeal.we_say")} <span translate="no">{row.answer}</span>
        </Text>
      )}
      {mayAnswer && row.appeal_state === "open" && (
        <>
          <FormError error={answer.error} />
          <Textarea
            label={t("appeal.answer")}
            description={t("appeal.answer_help")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={WORDS_CHARS_MAX}
            autosize
            minRows={2}
            required
          />
          <Group gap="xs" justify="flex-end">
            <Button
              variant="default"
              size="xs"
              mih={32}
              disabled={text.trim() === ""}
              loading={answer.isPending && answer.variables === false}
              onClick={() => answer.mutate(false)}
            >
              {t("appeal.dismiss")}
            </Button>
            <Button
              size="xs"
              mih={32}
              disabled={text.trim() === ""}
              loading={answer.isPending && answer.variables === true}
              onClick={() => answer.mutate(true)}
            >
              {t("appeal.uphold")}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
