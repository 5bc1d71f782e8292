import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, client, type Schemas } from "~/api/client";
import { useMay, useMe } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { shareLeft, useShareText } from "~/domain/shares";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";

type Change = Schemas["AccountChangeOut"];

/** The ends of an account's numbers, as the server gives them. */
function useShown(): (change: Change) => string {
  const word = useWords();
  const share = useShareText();
  const account = (one: Pick<Change, "method" | "details">) =>
    [word("payout_method", one.method), ...Object.values(one.details)].filter(Boolean).join(", ");
  return (change) => {
    const further = change.further_accounts;
    if (further.length === 0) return account(change);
    const all = [{ ...change, share_bp: shareLeft(further) }, ...further];
    return all.map((one) => `${share(one.share_bp)}: ${account(one)}`).join("; ");
  };
}

/** A changed account that is not in force yet: what it waits for, and how it is stopped. */
export function AccountChange({ partnerId, change }: { partnerId: string; change: Change }) {
  const { t } = useTranslation("identity");
  const { dateTime } = useFormat();
  const shown = useShown();
  const queries = useQueryClient();
  const me = useMe();
  const mayConfirm =
    useMay("payouts:write") && change.state === "unconfirmed" && change.asked_by !== me.user_id;
  const [asking, setAsking] = useState<"stop" | "confirm">();
  const params = { path: { id: partnerId } };
  const carryOut = async () => {
    if (asking === "confirm") {
      await client.POST("/v1/partners/{id}/payout-details/change/confirm", { params });
    } else {
      await client.DELETE("/v1/partners/{id}/payout-details/change", { params });
    }
    for (const path of [
      "/v1/partners/{id}/payout-details",
      "/v1/partners/{id}/payout-details/changes",
    ] as const) {
      await queries.invalidateQueries({ queryKey: api.queryOptions("get", path, { params }).queryKey });
    }
    notifyDone(asking === "confirm" ? t("account_change.confirmed") : t("account_change.stopped"));
  };
  const words = {
    stop: {
      label: t("account_change.stop"),
      title: t("account_change.stop_title"),
      text: t("account_change.stop_text"),
    },
    confirm: {
      label: t("account_change.confirm"),
      title: t("account_change.confirm_title"),
      text: t("account_change.confirm_text"),
    },
  };
  return (
    <Alert
      color="yellow"
      icon={<IconClock size={18} aria-hidden />}
      title={t("account_change.title", { account: shown(change) })}
    >
      <Stack gap="xs">
        <Text size="sm">
          {change.state === "waiting" && change.in_force_from
            ? t("account_change.waiting", { when: dateTime(change.in_force_from) })
            : change.is_by_staff
              ? t("account_change.unconfirmed_by_staff")
              : t("account_change.unconfirmed")}
        </Text>
        <Group>
          {mayConfirm && (
            <Button variant="default" size="xs" mih={32} onClick={() => setAsking("confirm")}>
              {t("account_change.confirm")}
            </Button>
          )}
          <Button variant="default" size="xs" mih={32} onClick={() => setAsking("stop")}>
            {t("account_change.stop")}
          </Button>
        </Group>
      </Stack>
      {asking && (
        <ConfirmDialog
          opened
          onClose={() => setAsking(undefined)}
          title={words[asking].title}
          confirmLabel={words[asking].label}
          danger={asking === "stop"}
          onConfirm={carryOut}
        >
          {words[asking].text}
        </ConfirmDialog>
      )}
    </Alert>
  );
}

/** Changes so far, newest first; nothing where there was none. */
export function AccountHistory({ partnerId }: { partnerId: string }) {
  const { t } = useTranslation("identity");
  const { dateTime } = useFormat();
  const shown = useShown();
  const path = { params: { path: { id: partnerId } } };
  const { data } = useQuery(api.queryOptions("get", "/v1/partners/{id}/payout-details/changes", path));
  if (!data || data.items.length === 0) return null;
  return (
    <details>
      <summary>{t("account_change.history")}</summary>
      <List size="sm" mt="xs" spacing={6} listStyleType="none">
        {data.items.map((change) => (
          <List.Item key={change.id}>
            <Group gap="xs">
              <StateChip of="account_change" state={change.state} />
              <span>{shown(change)}</span>
              <Text span c="dimmed" fz="sm">
                {dateTime(change.asked_at)}
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </details>
  );
}
