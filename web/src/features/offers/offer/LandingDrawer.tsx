import { Alert, Code, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { FormDrawer } from "~/ui/FormDrawer";
import { applyFieldErrors } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { bodyOf, type Landing, type Offer } from "../model";
import { useOfferSaved } from "./useOfferSaved";

interface Props {
  offer: Offer;
  /** Absent for a page to be. */
  landing: Landing | null;
  onClose: () => void;
}

const KINDS = ["landing", "prelanding"] as const;
/** What a prelanding's button needs; the host is that of the tracking link. */
const BUTTON = '<a href="https://go.example.com/go">…</a>';

export function LandingDrawer({ offer, landing, onClose }: Props) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const saved = useOfferSaved();
  const form = useForm({
    initialValues: {
      name: landing?.name ?? "",
      url: landing?.url ?? "",
      kind: landing?.kind ?? KINDS[0],
      weight: landing?.weight ?? (0 as number | string),
    },
    validate: {
      name: (name) => (name.trim() ? null : t("editor.needed")),
      url: (url) => (url.trim() ? null : t("editor.needed")),
    },
  });
  const save = useMutation({
    mutationFn: async (typed: typeof form.values) => {
      const body = { ...typed, weight: Number(typed.weight) };
      if (!landing) {
        return bodyOf(
          await client.POST("/v1/offers/{id}/landings", { params: { path: { id: offer.id } }, body }),
        );
      }
      const params = { path: { id: offer.id, landing_id: landing.id } };
      return bodyOf(await client.PATCH("/v1/offers/{id}/landings/{landing_id}", { params, body }));
    },
    onSuccess: (offerNow) => {
      saved(offerNow);
      notifyDone(t("landings.saved", { name: form.values.name }));
      onClose();
    },
    onError: (problem) => void applyFieldErrors(form, problem),
  });
  return (
    <FormDrawer
      title={landing ? t("landings.edit") : t("landings.add")}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      error={save.error}
      isSaving={save.isPending}
    >
      <TextInput label={t("landings.name")} required data-autofocus {...form.getInputProps("name")} />
      <TextInput
        type="url"
        label={t("landings.url")}
        description={t("landings.url_help", { parameter: offer.landing_parameter })}
        placeholder="https://shop.example/spring?click_id={click_id}"
        required
        {...form.getInputProps("url")}
      />
      <Select
        label={t("landings.kind")}
        description={t("landings.kind_help")}
        data={KINDS.map((kind) => ({ value: kind, label: word("landing_kind", kind) }))}
        allowDeselect={false}
        {...form.getInputProps("kind")}
      />
      {form.values.kind === "prelanding" && (
        <Alert variant="light" title={t("landings.leads_on")}>
          <Stack gap="xs">
            <Text size="sm">{t("landings.leads_on_help")}</Text>
            <Code block>{BUTTON}</Code>
          </Stack>
        </Alert>
      )}
      <NumberInput
        label={t("landings.weight")}
        description={t("landings.weight_help")}
        min={0}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps("weight")}
      />
    </FormDrawer>
  );
}
