import { Checkbox, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { bodyFrom, FIELDS, type Field, type PayerMethod, type PayerOut, VERSIONS, valuesOf } from "./fields";

interface Props {
  method: PayerMethod;
  known: PayerOut | undefined;
  onClose: () => void;
}

/** From which account a method is paid. */
export function PayerDrawer({ method, known, onClose }: Props) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const queries = useQueryClient();
  const [values, setValues] = useState(() => valuesOf(known?.payer, method));
  const save = useMutation({
    mutationFn: async () => bodyOf(await client.PUT("/v1/payout-payers", { body: bodyFrom(method, values) })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["payers"] });
      notifyDone(t("saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={word("payout_method", method)}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
    >
      {FIELDS[method].map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          error={errors[field.name]}
          isKnown={known !== undefined}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
    </FormDrawer>
  );
}

interface InputProps {
  field: Field;
  value: string | boolean | undefined;
  error: string | undefined;
  isKnown: boolean;
  onChange: (value: string | boolean) => void;
}

function FieldInput({ field, value, error, isKnown, onChange }: InputProps) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const me = useMe();
  const address = `${window.location.origin}/v1/paypal-news/${me.workspace_id}`;
  const label = word("payer_field", field.name);
  const helpOf = (help: Field["help"]) => {
    if (!help) return undefined;
    return help === "webhook_id" ? t("help_webhook", { address }) : word("payer_help", help);
  };
  const text = typeof value === "string" ? value : "";
  const common = {
    label,
    error,
    required: field.isNeeded,
    description: helpOf(field.help),
    value: text,
  };
  switch (field.kind) {
    case "yes_no":
      return (
        <Checkbox
          label={label}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "version":
      return (
        <Select
          {...common}
          data={[...VERSIONS]}
          onChange={(chosen) => chosen && onChange(chosen)}
          allowDeselect={false}
        />
      );
    case "secret":
      return (
        <PasswordInput
          {...common}
          description={isKnown ? t("secret_known") : undefined}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "long":
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return <TextInput {...common} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}
