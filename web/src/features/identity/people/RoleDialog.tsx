import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { type Person, usePeopleChanged } from "./lists";
import { PlaceFields } from "./PlaceFields";
import { ALL_ROLES, type PlaceValues, placeOf } from "./place";

/** Gives somebody another role; it counts from their next click. */
export function RoleDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation("identity");
  const changed = usePeopleChanged();
  const form = useForm<PlaceValues>({
    initialValues: {
      role: person.role,
      partner_id: person.partner_id ?? null,
      advertiser_id: person.advertiser_id ?? null,
    },
    validate: {
      partner_id: (id, { role }) => (role === "partner" && !id ? t("people.choose_partner") : null),
      advertiser_id: (id, { role }) => (role === "advertiser" && !id ? t("people.choose_advertiser") : null),
    },
  });
  const change = api.useMutation("patch", "/v1/people/{id}", {
    onSuccess: () => {
      changed();
      notifyDone(t("people.role_changed", { name: person.name }));
      onClose();
    },
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  const send = (values: PlaceValues) =>
    change.mutate({ params: { path: { id: person.id } }, body: placeOf(values) });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("people.role_title", { name: person.name })}
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
    >
      <form noValidate onSubmit={form.onSubmit(send)}>
        <Stack gap="md">
          <FormError error={change.error} />
          <PlaceFields form={form} roles={ALL_ROLES} />
          <Text fz="sm">{t("people.role_effect")}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
              {t("people.change_role")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
