import { Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type Placement, usePlacementsChanged } from "./model";

/** Where it is to be seen, or what shows that it was done. */
export function ProofDrawer({ placement, onClose }: { placement: Placement; onClose: () => void }) {
  const { t } = useTranslation("placements");
  const changed = usePlacementsChanged();
  const [url, setUrl] = useState(placement.proof_url ?? "");
  const [note, setNote] = useState(placement.proof_note ?? "");
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: placement.id } };
      const body = { url: url.trim() || null, note: note.trim() || null };
      return bodyOf(await client.POST("/v1/placements/{id}/prove", { params, body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_proven"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("prove")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={url.trim() !== "" || note.trim() !== ""}
      submitLabel={t("prove")}
    >
      <TextInput
        type="url"
        label={t("field.proof_url")}
        description={t("field.proof_url_help")}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={errors.url}
        placeholder="https://"
      />
      <Textarea
        label={t("field.proof_note")}
        description={t("field.proof_note_help")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={errors.note}
        maxLength={2000}
        autosize
        minRows={2}
      />
    </FormDrawer>
  );
}
