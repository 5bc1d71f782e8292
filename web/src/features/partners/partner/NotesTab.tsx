import { Button, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, named } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { EmptyState, ErrorState } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { Timeline } from "~/ui/Timeline";
import type { Partner } from "../model";

const NOTE_CHARS_MAX = 4_000;

/** What those who look after the partner want to remember. The partner never sees it. */
export function NotesTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const key = ["partners", "notes", partner.id];
  const path = { id: partner.id };
  const notes = useList(key, async (cursor, signal) =>
    named(
      bodyOf(await client.GET("/v1/partners/{id}/notes", { params: { path, query: { cursor } }, signal })),
    ),
  );
  const add = useMutation({
    mutationFn: async () =>
      bodyOf(await client.POST("/v1/partners/{id}/notes", { params: { path }, body: { text: text.trim() } })),
    onSuccess: async () => {
      setText("");
      await queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Stack maw={760} gap="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) add.mutate();
        }}
      >
        <Stack gap="xs" align="flex-start">
          <Textarea
            w="100%"
            label={t("notes.label")}
            description={t("notes.help")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={NOTE_CHARS_MAX}
            autosize
            minRows={2}
            maxRows={10}
          />
          <FormError error={add.error} />
          <Button type="submit" loading={add.isPending} disabled={!text.trim()}>
            {t("notes.add")}
          </Button>
        </Stack>
      </form>
      {notes.state === "error" && <ErrorState error={notes.error} onRetry={notes.retry} />}
      {notes.state === "loading" && <SkeletonLines lines={4} />}
      {notes.state === "ready" && notes.rows.length === 0 && <EmptyState title={t("notes.empty")} />}
      {notes.rows.length > 0 && (
        <Timeline
          label={t("tabs.notes")}
          events={notes.rows.map((note) => ({
            id: note.id,
            at: note.at,
            title: note.names[note.author_id] ?? t("notes.somebody"),
            text: <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{note.text}</Text>,
          }))}
        />
      )}
      {notes.hasMore && (
        <Button
          variant="default"
          onClick={notes.loadMore}
          loading={notes.loadingMore}
          style={{ alignSelf: "flex-start" }}
        >
          {t("notes.more")}
        </Button>
      )}
    </Stack>
  );
}
