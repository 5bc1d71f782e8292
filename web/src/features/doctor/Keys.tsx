import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { CopyField } from "~/ui/Copyable";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { StatusChip } from "~/ui/StatusChip";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { type Key, keysQuery, useKeyActs } from "./queries";

/** Tokens and signing keys, and how they change over without a gap. */
export function Keys({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("doctor");
  const { data, error, refetch } = useQuery(keysQuery(advertiserId));
  const { make, retire } = useKeyActs(advertiserId);
  const [leaving, setLeaving] = useState<Key | null>(null);
  const { timeAgo } = useFormat();
  const live = (kind: Schemas["KeyKind"]) =>
    data?.items.filter((key) => key.kind === kind && !key.retired_at).length ?? 0;
  const end = async () => {
    if (!leaving) return;
    await retire.mutateAsync(leaving.id);
    notifyDone(t("keys.retired_done", { name: leaving.key_id }));
  };
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={4} />;
  return (
    <Section title={t("keys.title")} hint={t("keys.hint")}>
      <Stack gap="sm">
        <FormError error={make.error} />
        {make.data && (
          <CopyField
            label={t("keys.secret")}
            description={t("keys.made_now")}
            value={make.data.secret}
            mono
          />
        )}
        {data.items.length === 0 ? (
          <Text c="dimmed">{t("keys.none")}</Text>
        ) : (
          <KeyTable keys={data.items} onRetire={setLeaving} />
        )}
        <Group gap="sm">
          {(["token", "signing"] as const).map((kind) => (
            <Button
              key={kind}
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              disabled={live(kind) > 1}
              loading={make.isPending && make.variables === kind}
              onClick={() => make.mutate(kind)}
            >
              {kind === "token" ? t("keys.make_token") : t("keys.make_signing")}
            </Button>
          ))}
        </Group>
        <ConfirmDialog
          opened={leaving !== null}
          onClose={() => setLeaving(null)}
          title={t("keys.retire_title", { name: leaving?.key_id })}
          confirmLabel={t("keys.retire")}
          danger
          onConfirm={end}
        >
          {leaving?.last_used_at
            ? t("keys.retire_used", { ago: timeAgo(leaving.last_used_at) })
            : t("keys.retire_unused")}
        </ConfirmDialog>
      </Stack>
    </Section>
  );
}

function KeyTable({ keys, onRetire }: { keys: readonly Key[]; onRetire: (key: Key) => void }) {
  const { t } = useTranslation("doctor");
  const word = useWords();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={t("keys.title")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("keys.kind")}</Table.Th>
            <Table.Th>{t("keys.id")}</Table.Th>
            <Table.Th>{t("keys.state")}</Table.Th>
            <Table.Th>{t("keys.made")}</Table.Th>
            <Table.Th>{t("keys.used")}</Table.Th>
            <Table.Th>{t("keys.act")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id}>
              <Table.Td>{word("key_kind", key.kind)}</Table.Td>
              <Table.Td>
                <code translate="no">{key.key_id}</code>
              </Table.Td>
              <Table.Td>
                <StatusChip
                  tone={key.retired_at ? "neutral" : "good"}
                  label={key.retired_at ? t("keys.retired") : t("keys.live")}
                />
              </Table.Td>
              <Table.Td>
                <When value={key.made_at} as="date" />
              </Table.Td>
              <Table.Td>
                {key.last_used_at ? <When value={key.last_used_at} as="ago" /> : t("keys.never")}
              </Table.Td>
              <Table.Td>
                {!key.retired_at && (
                  <Button variant="subtle" color="red" size="compact-sm" onClick={() => onRetire(key)}>
                    {t("keys.retire")}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
