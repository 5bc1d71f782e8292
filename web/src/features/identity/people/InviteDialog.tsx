import { Alert, Button, Group, Input, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { type Role, useMe } from "~/domain/person";
import { LANGUAGE_NAMES, LANGUAGES } from "~/i18n";
import { CopyField } from "~/ui/Copyable";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { usePeopleChanged } from "./lists";
import { PlaceFields } from "./PlaceFields";
import { invitableRoles, type PlaceValues, placeOf } from "./place";

interface Props {
  /** As it stands in the address; any other word is a partner. */
  role: string;
  actsFor?: string;
  onClose: () => void;
}

interface Values extends PlaceValues {
  email: string;
  language: string;
}

/** Asks somebody in by mail, or by a link to pass on where no mail server is set. */
export function InviteDialog({ role, actsFor, onClose }: Props) {
  const { t, i18n } = useTranslation("identity");
  const roles = invitableRoles(useMe().role);
  const changed = usePeopleChanged();
  const first: Role = roles.find((known) => known === role) ?? "partner";
  const form = useForm<Values>({
    initialValues: {
      email: "",
      role: first,
      partner_id: first === "partner" ? (actsFor ?? null) : null,
      advertiser_id: first === "advertiser" ? (actsFor ?? null) : null,
      language: i18n.language,
    },
    validate: {
      email: (email) => (email.includes("@") ? null : t("email_needed")),
      partner_id: (id, { role }) => (role === "partner" && !id ? t("people.choose_partner") : null),
      advertiser_id: (id, { role }) => (role === "advertiser" && !id ? t("people.choose_advertiser") : null),
    },
  });
  const invite = api.useMutation("post", "/v1/invitations", {
    onSuccess: (made) => {
      changed();
      if (made.url) return;
      notifyDone(t("invitations.sent_to", { email: made.email }));
      onClose();
    },
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  const send = (values: Values) =>
    invite.mutate({ body: { email: values.email.trim(), language: values.language, ...placeOf(values) } });
  const url = invite.data?.url;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("people.invite_title")}
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
    >
      {url ? (
        <Stack gap="md">
          <Alert color="yellow">{t("invitations.no_mail", { email: invite.data?.email })}</Alert>
          <CopyField label={t("invitations.link")} value={url} mono />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("done")}</Button>
          </Group>
        </Stack>
      ) : (
        <form noValidate onSubmit={form.onSubmit(send)}>
          <Stack gap="md">
            <FormError error={invite.error} />
            <TextInput
              label={t("email")}
              type="email"
              required
              data-autofocus
              {...form.getInputProps("email")}
            />
            <PlaceFields form={form} roles={roles} />
            <Input.Wrapper label={t("people.mail_language")} labelElement="div">
              <SegmentedControl
                fullWidth
                aria-label={t("people.mail_language")}
                data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
                {...form.getInputProps("language")}
              />
            </Input.Wrapper>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("cancel")}
              </Button>
              <Button type="submit" loading={invite.isPending}>
                {t("people.send_invitation")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
