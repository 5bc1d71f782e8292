import { Button, Group, Modal, PasswordInput, Select, Stack, Table, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, client, type Schemas } from "~/api/client";
import { useWords } from "~/domain/words";
import { useAdvertisers } from "~/features/offers/queries";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { type DialectName, WITH_TOKEN } from "./dialects";

const KEY = ["dialect-tokens"];

type Token = Schemas["DialectTokenOut"];

/** Tokens that advertisers' postbacks carry already, so that nothing changes at the advertiser. */
export function DialectTokens() {
  const { t } = useTranslation("domains");
  const word = useWords();
  const queries = useQueryClient();
  const [isAdding, adding] = useDisclosure(false);
  const [leaving, setLeaving] = useState<Token | null>(null);
  const tokens = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await client.GET("/v1/dialect-tokens", { signal })).data,
  });
  const owner = (token: Token) =>
    token.advertiser_id ? (tokens.data?.labels?.[token.advertiser_id] ?? t("tokens.one")) : t("tokens.all");
  const revoke = async () => {
    if (!leaving) return;
    await client.DELETE("/v1/dialect-tokens/{id}", { params: { path: { id: leaving.id } } });
    await queries.invalidateQueries({ queryKey: KEY });
    notifyDone(t("tokens.revoked"));
  };
  const rows = tokens.data?.items ?? [];
  return (
    <Stack gap="sm" mt="xl" aria-busy={tokens.isPending}>
      <Group justify="space-between" gap="sm">
        <Title order={2} fz="lg">
          {t("tokens.title")}
        </Title>
        <Button variant="default" onClick={adding.open}>
          {t("tokens.add")}
        </Button>
      </Group>
      <Text c="dimmed">{t("tokens.text")}</Text>
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label={t("tokens.title")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("tokens.platform")}</Table.Th>
                <Table.Th>{t("tokens.ends")}</Table.Th>
                <Table.Th>{t("tokens.speaks_for")}</Table.Th>
                <Table.Th>{t("added")}</Table.Th>
                <Table.Th aria-label={t("tokens.revoke")} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((token) => (
                <Table.Tr key={token.id}>
                  <Table.Td>{token.dialect ? word("dialect", token.dialect) : "-"}</Table.Td>
                  <Table.Td ff="monospace" translate="no">
                    …{token.hint}
                  </Table.Td>
                  <Table.Td translate="no">{owner(token)}</Table.Td>
                  <Table.Td>
                    <When value={token.created_at} as="date" />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Button variant="subtle" color="red" size="xs" onClick={() => setLeaving(token)}>
                      {t("tokens.revoke")}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {isAdding && <AddToken onClose={adding.close} />}
      <ConfirmDialog
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={t("tokens.revoke_title")}
        confirmLabel={t("tokens.revoke")}
        danger
        onConfirm={revoke}
      >
        {t("tokens.revoke_text")}
      </ConfirmDialog>
    </Stack>
  );
}

function AddToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("domains");
  const word = useWords();
  const queries = useQueryClient();
  const advertisers = useAdvertisers();
  const form = useForm({
    initialValues: { dialect: "tune" as DialectName, token: "", advertiser_id: null as string | null },
  });
  const add = api.useMutation("post", "/v1/dialect-tokens", {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: KEY });
      notifyDone(t("tokens.was_added"));
      onClose();
    },
    onError: (thrown) => applyFieldErrors(form, thrown),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("tokens.add")}
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
    >
      <form noValidate onSubmit={form.onSubmit((body) => add.mutate({ body }))}>
        <Stack gap="md">
          <FormError error={add.error} />
          <Select
            label={t("tokens.platform")}
            data={WITH_TOKEN.map((dialect) => ({ value: dialect, label: word("dialect", dialect) }))}
            allowDeselect={false}
            {...form.getInputProps("dialect")}
          />
          <PasswordInput
            label={t("tokens.token")}
            description={t("tokens.where")}
            autoComplete="off"
            required
            visibilityToggleButtonProps={{ "aria-label": t("tokens.show") }}
            {...form.getInputProps("token")}
          />
          <Select
            label={t("tokens.speaks_for")}
            placeholder={t("tokens.all")}
            data={advertisers.rows.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            clearable
            nothingFoundMessage={t("nothing_found")}
            {...form.getInputProps("advertiser_id")}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t("tokens.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
