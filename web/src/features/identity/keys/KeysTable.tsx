import { Button, Code, Stack, Text, Tooltip } from "@mantine/core";
import { IconKeyOff } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay, useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import { StatusChip, type Tone } from "~/ui/StatusChip";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { usePeople } from "../people/lists";
import { type ApiKey, EVERY_SCOPE, type KeyState, keyState, useKeys, useKeysChanged } from "./keys";

const TONES: Record<KeyState, Tone> = { live: "good", revoked: "neutral", expired: "neutral" };

export function KeysTable({ onMake }: { onMake: () => void }) {
  const { t } = useTranslation("identity");
  const keys = useKeys();
  const changed = useKeysChanged();
  const columns = useColumns();
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = async () => {
    if (!revoking) return;
    await client.DELETE("/v1/api-keys/{id}", { params: { path: { id: revoking.id } } });
    changed();
    notifyDone(t("keys.revoked_done", { name: revoking.name }));
  };
  const menu = (key: ApiKey) => {
    if (key.revoked_at) return [];
    const label = t("keys.revoke");
    return [
      { id: "revoke", label, icon: <IconKeyOff size={16} />, danger: true, onClick: () => setRevoking(key) },
    ];
  };
  const empty = (
    <EmptyState
      title={t("keys.none")}
      text={t("keys.none_text")}
      action={<Button onClick={onMake}>{t("keys.make")}</Button>}
    />
  );
  return (
    <>
      <DataTable
        caption={t("keys.list")}
        columns={columns}
        rows={keys.rows}
        rowId={(key) => key.id}
        state={keys.state}
        error={keys.error}
        onRetry={keys.retry}
        hasMore={keys.hasMore}
        loadingMore={keys.loadingMore}
        onEndReached={keys.loadMore}
        rowMenu={menu}
        empty={empty}
        storageKey="api-keys"
      />
      <ConfirmDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t("keys.revoke_title", { name: revoking?.name })}
        confirmLabel={t("keys.revoke")}
        danger
        onConfirm={revoke}
      >
        <Stack gap="xs">
          <Text>{t("keys.revoke_effect")}</Text>
          <Code>{revoking?.hint}…</Code>
        </Stack>
      </ConfirmDialog>
    </>
  );
}

function stateWord(t: TFunction<"identity">, state: KeyState): string {
  const words: Record<KeyState, string> = {
    live: t("keys.live"),
    revoked: t("keys.revoked"),
    expired: t("keys.expired"),
  };
  return words[state];
}

/** Whose keys they are: owners see everybody's. */
function useHolders(): (membership: string) => string {
  const { t } = useTranslation("identity");
  const me = useMe();
  const seesAll = useMay("people:write");
  const people = usePeople(seesAll);
  const names = new Map(people.rows.map((person) => [person.id, person.name]));
  return (membership) => (membership === me.membership_id ? t("keys.you") : (names.get(membership) ?? "-"));
}

function useColumns(): Column<ApiKey>[] {
  const { t } = useTranslation("identity");
  const word = useWords();
  const holder = useHolders();
  const seesAll = useMay("people:write");
  return useMemo(() => {
    const scopeWords = (key: ApiKey) => key.scopes.map((scope) => word("scope", scope));
    const columns: Column<ApiKey>[] = [
      {
        id: "name",
        header: t("keys.name"),
        cell: (key) => key.name,
        value: (key) => key.name,
        sortable: true,
        width: 170,
        onCard: 1,
      },
      {
        id: "state",
        header: t("keys.state"),
        cell: (key) => {
          const state = keyState(key, Date.now());
          return <StatusChip tone={TONES[state]} label={stateWord(t, state)} />;
        },
        value: (key) => stateWord(t, keyState(key, Date.now())),
        sortable: true,
        width: 110,
        onCard: 2,
      },
      {
        id: "hint",
        header: t("keys.begins"),
        cell: (key) => <Code>{key.hint}…</Code>,
        value: (key) => key.hint,
        width: 150,
        onCard: 3,
      },
      {
        id: "scopes",
        header: t("keys.may"),
        cell: (key) => {
          const words = scopeWords(key);
          const said =
            key.scopes.includes(EVERY_SCOPE) || words.length === 1
              ? words[0]
              : t("keys.scopes", { count: words.length });
          return (
            <Tooltip label={words.join(" · ")} disabled={words.length < 2}>
              <span tabIndex={words.length < 2 ? undefined : 0}>{said}</span>
            </Tooltip>
          );
        },
        value: (key) => scopeWords(key).join("; "),
        width: 210,
      },
      {
        id: "made",
        header: t("keys.made"),
        cell: (key) => <When value={key.created_at} />,
        value: (key) => key.created_at,
        sortable: true,
        width: 115,
      },
      {
        id: "expires",
        header: t("keys.expires"),
        cell: (key) => (key.expires_at ? <When value={key.expires_at} as="date" /> : t("keys.never")),
        value: (key) => key.expires_at,
        sortable: true,
        width: 110,
      },
    ];
    const whose: Column<ApiKey> = {
      id: "holder",
      header: t("keys.holder"),
      cell: (key) => holder(key.membership_id),
      value: (key) => holder(key.membership_id),
      sortable: true,
      width: 130,
    };
    return seesAll ? [...columns.slice(0, 3), whose, ...columns.slice(3)] : columns;
  }, [t, word, holder, seesAll]);
}
