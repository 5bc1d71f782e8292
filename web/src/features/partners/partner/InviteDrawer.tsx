import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { LANGUAGE_NAMES } from "~/i18n";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { SideDrawer } from "~/ui/SideDrawer";
import { LETTER_LANGUAGES, type Partner } from "../model";
import { InvitationLink } from "../new/InvitationLink";

/** Invites one more person to act for the partner. */
export function InviteDrawer({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { email: "", language: partner.language },
    validate: { email: (email) => (email.trim() ? null : t("new.needed")) },
  });
  const invite = useMutation({
    mutationFn: async (typed: typeof form.values) => {
      const body = { ...typed, role: "partner" as const, partner_id: partner.id };
      return bodyOf(await client.POST("/v1/invitations", { body }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["invitations"] }),
    onError: (problem) => void applyFieldErrors(form, problem),
  });
  const made = invite.data;
  return (
    <SideDrawer opened onClose={onClose} title={t("team.invite_title", { name: partner.name })}>
      {made ? (
        <Stack gap="md">
          {made.url ? (
            <InvitationLink email={made.email} url={made.url} />
          ) : (
            <Text>{t("new.mailed", { email: made.email })}</Text>
          )}
          <Button variant="default" onClick={onClose}>
            {t("team.done")}
          </Button>
        </Stack>
      ) : (
        <form noValidate onSubmit={form.onSubmit((typed) => invite.mutate(typed))}>
          <Stack gap="md">
            <FormError error={invite.error} />
            <TextInput
              type="email"
              label={t("new.email")}
              required
              data-autofocus
              autoComplete="off"
              {...form.getInputProps("email")}
            />
            <Select
              label={t("new.language")}
              description={t("new.language_help")}
              data={LETTER_LANGUAGES.map((language) => ({
                value: language,
                label: LANGUAGE_NAMES[language],
              }))}
              allowDeselect={false}
              {...form.getInputProps("language")}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("new.cancel")}
              </Button>
              <Button type="submit" loading={invite.isPending}>
                {t("team.invite")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </SideDrawer>
  );
}
