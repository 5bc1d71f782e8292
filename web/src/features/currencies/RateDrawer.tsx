import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { todayIn } from "~/ui/dates";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";

interface Props {
  onClose: () => void;
  onSaved: () => Promise<unknown>;
}

/** One of a currency is so much of another, on a day. */
export function RateDrawer({ onClose, onSaved }: Props) {
  const { t } = useTranslation("currencies");
  const { timezone } = useMe().workspace;
  const [day, setDay] = useState<string>(todayIn(timezone));
  const [from, setFrom] = useState("EUR");
  const [to, setTo] = useState("");
  const [rate, setRate] = useState("");
  const save = useMutation({
    mutationFn: async () =>
      bodyOf(await client.PUT("/v1/currencies/rates", { body: { day, from, to, rate } })),
    onSuccess: async () => {
      await onSaved();
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      title={t("by_hand")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={from.length > 2 && to.length > 2 && rate !== ""}
    >
      <TextInput
        type="date"
        label={t("column.day")}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        error={errors.day}
        required
      />
      <TextInput
        label={t("from")}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value.toUpperCase())}
        maxLength={8}
        required
      />
      <TextInput
        label={t("rate", { from })}
        value={rate}
        onChange={(event) => setRate(event.currentTarget.value.replace(",", "."))}
        error={errors.rate}
        inputMode="decimal"
        required
      />
      <TextInput
        label={t("to")}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value.toUpperCase())}
        error={errors.to}
        maxLength={8}
        required
      />
    </FormDrawer>
  );
}
