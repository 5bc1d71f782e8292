import { Button, Group, Paper, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe, workplaceOf } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { When } from "~/ui/When";
import { type DisputeDetail, useDisputesChanged, WORDS_CHARS_MAX } from "./model";

interface Props {
  detail: DisputeDetail;
  mayWrite: boolean;
}

/** What both sides wrote, in order, and room for more. */
export function Thread({ detail, mayWrite }: Props) {
  const { t } = useTranslation("disputes");
  const isStaff = workplaceOf(useMe().role) === "staff";
  const changed = useDisputesChanged();
  const [words, setWords] = useState("");
  const say = useMutation({
    mutationFn: async () => {
      const params = { path: { id: detail.dispute.id } };
      return bodyOf(await client.POST("/v1/disputes/{id}/messages", { params, body: { words } }));
    },
    onSuccess: async () => {
      setWords("");
      await changed();
    },
  });
  return (
    <Stack gap="sm">
      {detail.messages.length === 0 && <Text c="dimmed">{t("thread.none")}</Text>}
      {detail.messages.map((one) => (
        <Paper key={one.id} withBorder p="sm" ml={one.from_staff === isStaff ? "xl" : 0}>
          <Text size="sm" c="dimmed">
            {one.from_staff ? t("thread.staff") : t("thread.partner")} · <When value={one.created_at} />
          </Text>
          <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} translate="no">
            {one.words}
          </Text>
        </Paper>
      ))}
      {mayWrite && (
        <>
          <FormError error={say.error} />
          <Textarea
            label={t("thread.write")}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            maxLength={WORDS_CHARS_MAX}
            autosize
            minRows={2}
          />
          <Group justify="flex-end">
            <Button
              variant="default"
              loading={say.isPending}
              disabled={words.trim() === ""}
              onClick={() => say.mutate()}
            >
              {t("thread.send")}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
