import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { CapFields } from "./CapFields";
import { bodyOfDraft, type CapDraft, draftOf, newDraft, termsOf } from "./draft";
import { type NamedCap, useCapsChanged } from "./model";
import { useCapWords } from "./useCapWords";

interface NewProps {
  /** What the page knows already. */
  given: Partial<CapDraft>;
  offerIsGiven?: boolean;
  onClose: () => void;
}

/** A cap to be. */
export function NewCapDrawer({ given, offerIsGiven, onClose }: NewProps) {
  const { t } = useTranslation("caps");
  const save = async (draft: CapDraft) => bodyOf(await client.POST("/v1/caps", { body: bodyOfDraft(draft) }));
  return (
    <CapForm
      title={t("new")}
      first={newDraft(given)}
      offerIsGiven={offerIsGiven}
      save={save}
      done={t("was_made")}
      onClose={onClose}
    />
  );
}

/** Changes what a cap says; it is counted anew. */
export function EditCapDrawer({ cap, onClose }: { cap: NamedCap; onClose: () => void }) {
  const { t } = useTranslation("caps");
  const { what } = useCapWords();
  const save = async (draft: CapDraft) => {
    const params = { path: { id: cap.id } };
    return bodyOf(await client.PATCH("/v1/caps/{id}", { params, body: termsOf(draft, cap.filter.goals) }));
  };
  return (
    <CapForm
      title={what(cap)}
      first={draftOf(cap)}
      save={save}
      done={t("was_changed")}
      onClose={onClose}
      isMade
    />
  );
}

interface FormProps {
  title: string;
  first: CapDraft;
  save: (draft: CapDraft) => Promise<unknown>;
  done: string;
  onClose: () => void;
  isMade?: boolean;
  offerIsGiven?: boolean;
}

function CapForm({ title, first, save, done, onClose, isMade, offerIsGiven }: FormProps) {
  const changed = useCapsChanged();
  const [draft, setDraft] = useState(first);
  const [complaints, setComplaints] = useState<Record<string, string>>({});
  const send = useMutation({
    mutationFn: () => save(draft),
    onSuccess: async () => {
      await changed();
      notifyDone(done);
      onClose();
    },
    onError: (problem) => setComplaints(fieldErrors(problem)),
  });
  return (
    <FormDrawer
      title={title}
      size="lg"
      onClose={onClose}
      onSubmit={() => {
        setComplaints({});
        send.mutate();
      }}
      error={send.error}
      isSaving={send.isPending}
    >
      <CapFields
        draft={draft}
        onChange={setDraft}
        errorOf={(field) => complaints[field]}
        isMade={isMade}
        offerIsGiven={offerIsGiven}
      />
    </FormDrawer>
  );
}
