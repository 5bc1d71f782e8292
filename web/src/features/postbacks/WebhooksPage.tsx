import { Button, Stack } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import { DeliveryLog } from "./DeliveryLog";
import { EventTypes } from "./EventTypes";
import { useWebhooks, type Webhook } from "./model";
import { sharedColumns } from "./sharedColumns";
import { WebhookDrawer } from "./WebhookDrawer";

function readState(raw: PageSearch) {
  /** The one open beside; `new` for one to be. */
  return { webhook: textOf(raw, "webhook") };
}

/** The workspace's own systems that hear of conversions. */
export default function WebhooksPage() {
  const { t } = useTranslation("postbacks");
  const [search, change] = usePageState(readState);
  const webhooks = useWebhooks();
  const columns = useColumns();
  const open = webhooks.rows.find(({ id }) => id === search.webhook);
  const close = () => change({ webhook: undefined });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ webhook: "new" })}>
      {t("webhooks.add")}
    </Button>
  );
  return (
    <SettingsFrame page="webhooks" subtitle={t("webhooks.subtitle")} action={add}>
      <Stack gap="xl">
        <DataTable
          caption={t("webhooks.subtitle")}
          columns={columns}
          rows={webhooks.rows}
          rowId={(webhook) => webhook.id}
          state={webhooks.state}
          error={webhooks.error}
          onRetry={webhooks.retry}
          onRowOpen={(webhook) => change({ webhook: webhook.id }, { push: true })}
          openRowId={search.webhook}
          empty={
            <EmptyState
              icon={<IconWebhook size={28} stroke={1.5} />}
              title={t("webhooks.none")}
              text={t("webhooks.none_text")}
              action={add}
            />
          }
          storageKey="webhooks"
        />
        {webhooks.rows.length > 0 && (
          <DeliveryLog of={{ kind: "webhook" }} settings={webhooks.rows} ofWebhooks />
        )}
        <EventTypes />
      </Stack>
      {search.webhook === "new" && <WebhookDrawer onClose={close} onMade={(id) => change({ webhook: id })} />}
      {open && <WebhookDrawer key={open.id} webhook={open} onClose={close} />}
    </SettingsFrame>
  );
}

function useColumns(): Column<Webhook>[] {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  return useMemo(() => {
    const widths = { name: 160, events: 220, delivered: 150, state: 170 };
    const shared = sharedColumns<Webhook>(t, word, widths);
    return [
      shared.name,
      {
        id: "url",
        header: t("field.url"),
        cell: (row) => <span translate="no">{row.url}</span>,
        value: (row) => row.url,
        width: 270,
        onCard: 2,
      },
      shared.events,
      shared.delivered,
      shared.state,
    ];
  }, [t, word]);
}
