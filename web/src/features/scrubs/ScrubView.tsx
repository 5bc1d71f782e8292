import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { shortId } from "~/features/conversions/model";
import { bodyOf } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { KeyValues } from "~/ui/KeyValues";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { AnswerAppeal } from "./AnswerAppeal";
import { type Scrub, useScrubsChanged } from "./model";
import { useScrubWords } from "./useScrubWords";

/** One removed conversion as its partner sees it. */
export function ScrubView({ row }: { row: Scrub }) {
  const { t } = useTranslation("scrubs");
  const word = useWords();
  const words = useScrubWords();
  const { money } = useFormat();
  const mayAppeal = useMay("scrubs:appeal");
  const lost =
    row.bearer === "split" ? t("lost.split", { percent: row.partner_percent ?? 0 }) : t("lost.all");
  return (
    <Stack gap="lg">
      <KeyValues
        items={[
          {
            label: t("column.conversion"),
            value: (
              <HrefLink href={`/conversions/${row.conversion_id}`}>
                <span translate="no">{shortId(row.conversion_id)}</span>
              </HrefLink>
            ),
          },
          { label: t("column.reason"), value: word("conversion_reason", row.reason) },
          { label: t("column.payout"), value: row.payout && money(row.payout) },
          ...(row.bearer ? [{ label: t("column.bearer"), value: words.bearer[row.bearer] }] : []),
          ...(row.state === "accepted" ? [{ label: t("lost.title"), value: lost }] : []),
          { label: t("column.decided"), value: <When value={row.decided_at} as="time" /> },
        ]}
      />
      <Stack gap={4}>
        <Text fw={600}>{t("proof")}</Text>
        <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} translate="no">
          {row.proof}
        </Text>
        <Text size="sm" c="dimmed">
          {t("proof_help")}
        </Text>
      </Stack>
      {row.note && (
        <Stack gap={4}>
          <Text fw={600}>{t("note")}</Text>
          <Text translate="no">{row.note}</Text>
        </Stack>
      )}
      {row.appeal_state && <AnswerAppeal row={row} mayAnswer={false} />}
      {mayAppeal && !row.appeal_state && row.state === "accepted" && <Appeal row={row} />}
    </Stack>
  );
}

const WORDS_CHARS_MAX = 2_000;

function Appeal({ row }: { row: Scrub }) {
  const { t } = useTranslation("scrubs");
  const changed = useScrubsChanged();
  const [words, setWords] = useState("");
  const appeal = useMutation({
    mutationFn: async () => {
      const params = { path: { id: row.id } };
      return bodyOf(await client.POST("/v1/scrubs/{id}/appeal", { params, body: { words } }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("appeal.sent"));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        appeal.mutate();
      }}
    >
      <Stack gap="xs">
        <FormError error={appeal.error} />
        <Textarea
          label={t("appeal.words")}
          description={t("appeal.words_help")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={WORDS_CHARS_MAX}
          autosize
          minRows={3}
          required
        />
        <Group justify="flex-end">
          <Button type="submit" loading={appeal.isPending} disabled={words.trim() === ""}>
            {t("appeal.send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
