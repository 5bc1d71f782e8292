import { Button, Checkbox, Group, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { useManagers } from "~/features/offers/queries";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { LETTER_LANGUAGES } from "../model";
import { PartnerTraits } from "../PartnerTraits";
import { inviteOwner } from "./inviteOwner";
import type { Made } from "./NewPartnerDrawer";

interface Props {
  groups: readonly string[];
  onMade: (made: Made) => void;
  onCancel: () => void;
}

export function NewPartnerForm({ groups, onMade, onCancel }: Props) {
  const { t, i18n } = useTranslation("partners");
  const queries = useQueryClient();
  const managers = useManagers();
  const mayInvite = useMay("people:invite");
  const form = useForm({
    initialValues: {
      name: "",
      email: "",
      group: "",
      tags: [] as string[],
      language: LETTER_LANGUAGES.find((language) => language === i18n.language) ?? LETTER_LANGUAGES[0],
      country: "",
      manager_id: null as string | null,
      recruiter_code: "",
      invites: mayInvite,
    },
    validate: {
      name: (name) => (name.trim() ? null : t("new.needed")),
      email: (email) => (email.trim() ? null : t("new.needed")),
    },
  });
  const make = useMutation({
    mutationFn: async ({ invites, ...typed }: typeof form.values): Promise<Made> => {
      const body = {
        ...typed,
        group: typed.group.trim() || null,
        country: typed.country.trim() || null,
        recruiter_code: typed.recruiter_code.trim() || null,
      };
      const partner = bodyOf(await client.POST("/v1/partners", { body }));
      return invites ? { partner, invitation: await inviteOwner(partner) } : { partner };
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["partners"] });
      onMade(made);
    },
    onError: (problem) => void applyFieldErrors(form, problem),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Stack gap="md">
        <FormError error={make.error} />
        <TextInput
          label={t("new.name")}
          description={t("new.name_help")}
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          type="email"
          label={t("new.email")}
          required
          autoComplete="off"
          {...form.getInputProps("email")}
        />
        {mayInvite && (
          <Checkbox
            label={t("new.invite")}
            description={t("new.invite_help")}
            {...form.getInputProps("invites", { type: "checkbox" })}
          />
        )}
        <PartnerTraits groups={groups} inputOf={form.getInputProps} />
        <Select
          label={t("list.manager")}
          description={t("new.manager_help")}
          data={managers}
          clearable
          searchable
          {...form.getInputProps("manager_id")}
        />
        <TextInput
          label={t("new.recruiter_code")}
          description={t("new.recruiter_code_help")}
          autoComplete="off"
          {...form.getInputProps("recruiter_code")}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t("new.cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("new.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
