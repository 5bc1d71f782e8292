import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { DialectSelect } from "./DialectChange";
import { DnsLines } from "./DnsLines";
import { dnsRecord, isHost, tidyHost } from "./dns";
import { useDomainsChanged } from "./domains";

const OFFERED_MAX = 1000;

interface Props {
  onClose: () => void;
  onAdded: (id: string) => void;
}

export function AddDomain({ onClose, onAdded }: Props) {
  const { t } = useTranslation("domains");
  const changed = useDomainsChanged();
  const partners = api.useQuery("get", "/v1/partners", { params: { query: { limit: OFFERED_MAX } } });
  const form = useForm({
    initialValues: { host: "", partner_id: null as string | null, dialects: [] as string[] },
    validate: { host: (typed) => (isHost(tidyHost(typed)) ? null : t("host_wrong")) },
  });
  const add = api.useMutation("post", "/v1/domains", {
    onSuccess: async (made) => {
      await changed();
      notifyDone(t("was_added", { host: made.host }));
      onAdded(made.id);
    },
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  const host = tidyHost(form.values.host);
  const send = ({ partner_id, dialects }: typeof form.values) =>
    add.mutate({ body: { host, partner_id, dialects } });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("add")}
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
    >
      <form noValidate onSubmit={form.onSubmit(send)}>
        <Stack gap="md">
          <FormError error={add.error} />
          <TextInput
            label={t("host")}
            description={t("host_help")}
            placeholder="go.example.com"
            autoCapitalize="none"
            spellCheck={false}
            required
            data-autofocus
            {...form.getInputProps("host")}
          />
          <Select
            label={t("used_by")}
            placeholder={t("everybody")}
            description={t("used_by_help")}
            data={partners.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            searchable
            clearable
            limit={100}
            nothingFoundMessage={t("nothing_found")}
            {...form.getInputProps("partner_id")}
          />
          <DialectSelect
            value={form.values.dialects}
            onChange={(dialects) => form.setFieldValue("dialects", dialects)}
          />
          {isHost(host) && <DnsLines record={dnsRecord(host, window.location.hostname)} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t("add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
