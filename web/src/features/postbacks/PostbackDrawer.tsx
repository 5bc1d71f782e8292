import { Alert } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { draftOf, emptyDraft, isComplete, isPlatform, rulesOf, targetOf } from "./draft";
import { type Postback, usePostbacksChanged } from "./model";
import { PostbackFields } from "./PostbackFields";
import { SettingActs } from "./SettingActs";

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
  return (
    <FormDrawer
      size="lg"
      title={postback ? <span translate="no">{postback.name}</span> : t("new")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={mayEdit && isComplete(draft, needsKeys)}
      below={postback && mayEdit && <Acts postback={postback} onEnded={onClose} />}
    >
      {postback?.state === "failing" && <Alert color="red">{t("failing_text")}</Alert>}
      {postback !== undefined && postback.clicks_left_out > 0 && (
        <Alert color="yellow">{t("left_out", { count: postback.clicks_left_out })}</Alert>
      )}
      <PostbackFields
        draft={draft}
        onChange={setDraft}
        isNew={postback === undefined}
        needsKeys={needsKeys}
        onNewKeys={() => setNewKeys(true)}
        complaints={save.error ? fieldErrors(save.error) : {}}
      />
    </FormDrawer>
  );
}

function Acts({ postback, onEnded }: { postback: Postback; onEnded: () => void }) {
  const params = { path: { id: postback.id } };
  return (
    <SettingActs
      setting={postback}
      test={async () => bodyOf(await client.POST("/v1/postbacks/{id}/test", { params, body: {} }))}
      turn={(state) => client.PATCH("/v1/postbacks/{id}", { params, body: { state } })}
      end={() => client.DELETE("/v1/postbacks/{id}", { params })}
      onEnded={onEnded}
    />
  );
}
