import { Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { bodyOf } from "../model";
import { useAdvertisers } from "../queries";

const NEW = "new:";

interface Props {
  value: string | null;
  onChange: (id: string | null) => void;
  error?: React.ReactNode;
}

/** Whose offer it is; an advertiser that is not there yet is added by its name. */
export function AdvertiserPicker({ value, onChange, error }: Props) {
  const { t } = useTranslation("offers");
  const [text, setText] = useState("");
  const advertisers = useAdvertisers();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: async (name: string) => bodyOf(await client.POST("/v1/advertisers", { body: { name } })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["advertisers"] });
      onChange(made.id);
      notifyDone(t("editor.advertiser_added", { name: made.name }));
    },
    onError: notifyFailed,
  });
  const known = advertisers.rows.map(({ id, name }) => ({ value: id, label: name }));
  const typed = text.trim();
  const isNew =
    typed !== "" && !known.some(({ label }) => label.toLocaleLowerCase() === typed.toLocaleLowerCase());
  const data = isNew
    ? [...known, { value: NEW + typed, label: t("editor.add_advertiser", { name: typed }) }]
    : known;
  return (
    <Select
      label={t("editor.advertiser")}
      description={t("editor.advertiser_help")}
      placeholder={t("editor.advertiser_placeholder")}
      required
      searchable
      data={data}
      value={value}
      searchValue={text}
      onSearchChange={setText}
      onChange={(chosen) => {
        if (chosen?.startsWith(NEW)) add.mutate(chosen.slice(NEW.length));
        else onChange(chosen);
      }}
      disabled={add.isPending}
      error={error}
    />
  );
}
