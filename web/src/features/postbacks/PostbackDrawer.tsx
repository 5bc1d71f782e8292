import { Alert, Button, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { FormError } from "~/ui/FormError";
import { fieldErrors } from "~/ui/problems";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { draftOf, emptyDraft, isComplete, isPlatform, rulesOf, targetOf } from "./draft";
import { type Postback, usePostbacksChanged } from "./model";
import { PostbackFields } from "./PostbackFields";
import { SendTest } from "./SendTest";

interface Props {
  /** Absent for one to be. */
  postback?: Postback;
  /** Whose it is, where the person is not the partner itself. */
  partnerId?: string;
  onClose: () => void;
}

/** One setting: where to, what of, a test, and its end. */
export function PostbackDrawer({ postback, partnerId, onClose }: Props) {
  const { t } = useTranslation("postbacks");
  const mayEdit = useMay("postbacks:write");
  const changed = usePostbacksChanged();
  const [draft, setDraft] = useState(() => (postback ? draftOf(postback) : emptyDraft()));
  const [newKeys, setNewKeys] = useState(false);
  const needsKeys = isPlatform(draft.kind) && (postback === undefined || newKeys);
  const save = useMutation({
    mutationFn: async () => {
      const terms = {
        name: draft.name,
        events: rulesOf(draft),
        offer_id: draft.offer,
        ad_click_sub: draft.sub,
      };
      if (!postback) {
        const body = { ...terms, target: targetOf(draft), partner_id: partnerId };
        return bodyOf(await client.POST("/v1/postbacks", { body }));
      }
      const target = !isPlatform(draft.kind) || needsKeys ? targetOf(draft) : undefined;
      const params = { path: { id: postback.id } };
      return bodyOf(await client.PATCH("/v1/postbacks/{id}", { params, body: { ...terms, target } }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(postback ? t("was_changed") : t("was_made"));
      onClose();
    },
  });
  const footer = mayEdit && (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button loading={save.isPending} disabled={!isComplete(draft, needsKeys)} onClick={() => save.mutate()}>
        {t("save")}
      </Button>
    </Group>
  );
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size="lg"
      title={postback ? <span translate="no">{postback.name}</span> : t("new")}
      footer={footer || undefined}
    >
      <Stack gap="md">
        <FormError error={save.error} />
        {postback?.state === "failing" && <Alert color="red">{t("failing_text")}</Alert>}
        {postback && mayEdit && <Acts postback={postback} onEnded={onClose} />}
        <PostbackFields
          draft={draft}
          onChange={setDraft}
          isNew={postback === undefined}
          needsKeys={needsKeys}
          onNewKeys={() => setNewKeys(true)}
          complaints={save.error ? fieldErrors(save.error) : {}}
        />
      </Stack>
    </SideDrawer>
  );
}

function Acts({ postback, onEnded }: { postback: Postback; onEnded: () => void }) {
  const { t } = useTranslation("postbacks");
  const changed = usePostbacksChanged();
  const [ending, setEnding] = useState(false);
  const params = { path: { id: postback.id } };
  const wanted = postback.state === "active" ? "paused" : "active";
  const turn = useMutation({
    mutationFn: () => client.PATCH("/v1/postbacks/{id}", { params, body: { state: wanted } }),
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_changed"));
    },
  });
  const end = async () => {
    await client.DELETE("/v1/postbacks/{id}", { params });
    await changed();
    notifyDone(t("was_ended"));
    onEnded();
  };
  return (
    <>
      <SendTest
        send={async () => bodyOf(await client.POST("/v1/postbacks/{id}/test", { params, body: {} }))}
        more={
          <>
            <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate()}>
              {wanted === "active" ? t("resume") : t("pause")}
            </Button>
            <Button variant="default" color="red" onClick={() => setEnding(true)}>
              {t("end")}
            </Button>
          </>
        }
      />
      <FormError error={turn.error} />
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={t("end")}
        confirmLabel={t("end")}
        danger
        onConfirm={end}
      >
        {t("end_text", { name: postback.name })}
      </ConfirmDialog>
    </>
  );
}
