import { FileInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type FormKind, kindsQuery, submitForm, useFormsChanged } from "./model";

/** Hands a tax form in: which it is, until when it holds, the file. */
export function TaxFormDrawer({ partnerId, onClose }: { partnerId: string; onClose: () => void }) {
  const { t } = useTranslation("on_file");
  const word = useWords();
  const changed = useFormsChanged();
  const kinds = useQuery(kindsQuery);
  const [kind, setKind] = useState<FormKind | null>(null);
  const [until, setUntil] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const terms = kinds.data?.find((each) => each.kind === kind);
  const send = useMutation({
    mutationFn: async () => {
      if (!kind || !file) return;
      await submitForm(partnerId, { kind, valid_until: until, file });
    },
    onSuccess: async () => {
      await changed();
      notifyDone(t("form.sent"));
      onClose();
    },
  });
  const errors = fieldErrors(send.error);
  const choose = (chosen: FormKind | null) => {
    setKind(chosen);
    setUntil(kinds.data?.find((each) => each.kind === chosen)?.valid_until ?? "");
  };
  return (
    <FormDrawer
      title={t("form.hand_in")}
      onClose={onClose}
      onSubmit={() => send.mutate()}
      error={send.error ?? kinds.error}
      isSaving={send.isPending}
      isReady={kind !== null && file !== null && (until !== "" || !terms?.asks_for_last_day)}
      submitLabel={t("form.send")}
    >
      <Select
        label={t("form.kind")}
        data={(kinds.data ?? []).map((each) => ({
          value: each.kind,
          label: word("tax_form_kind", each.kind),
        }))}
        value={kind}
        onChange={(chosen) => choose(chosen as FormKind | null)}
        allowDeselect={false}
        required
      />
      <TextInput
        type="date"
        label={t("form.until")}
        description={t("form.until_help")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={errors.valid_until}
        required={terms?.asks_for_last_day ?? false}
      />
      <FileInput
        label={t("form.file")}
        description={t("form.file_help")}
        placeholder={t("form.choose")}
        accept="application/pdf,.pdf"
        value={file}
        onChange={setFile}
        error={errors.file ?? errors.name}
        required
      />
    </FormDrawer>
  );
}
