import { Button, Group, Stack } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import { DeliveryLog } from "./DeliveryLog";
import { type Postback, usePostbacks } from "./model";
import { PostbackDrawer } from "./PostbackDrawer";
import { sharedColumns } from "./sharedColumns";

function readState(raw: PageSearch) {
  /** The one open beside; `new` for one to be. */
  return { postback: textOf(raw, "postback") };
}

/** Settings of one partner (the person's own where none is named) with their log below. */
export function PostbackSettings({ partnerId }: { partnerId?: string }) {
  const { t } = useTranslation("postbacks");
  const [search, change] = usePageState(readState);
  const mayEdit = useMay("postbacks:write");
  const postbacks = usePostbacks(partnerId);
  const columns = useColumns();
  const open = postbacks.rows.find(({ id }) => id === search.postback);
  const close = () => change({ postback: undefined });
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ postback: "new" })}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <Stack gap="xl">
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={postbacks.rows}
        rowId={(postback) => postback.id}
        state={postbacks.state}
        error={postbacks.error}
        onRetry={postbacks.retry}
        hasMore={postbacks.hasMore}
        loadingMore={postbacks.loadingMore}
        onEndReached={postbacks.loadMore}
        onRowOpen={(postback) => change({ postback: postback.id }, { push: true })}
        openRowId={search.postback}
        toolbar={postbacks.rows.length > 0 ? <Group>{add}</Group> : undefined}
        empty={
          <EmptyState
            icon={<IconWebhook size={28} stroke={1.5} />}
            title={t("none")}
            text={t("none_text")}
            action={add}
          />
        }
        storageKey="postbacks"
      />
      <DeliveryLog of={{ partner_id: partnerId }} settings={postbacks.rows} />
      {mayEdit && search.postback === "new" && <PostbackDrawer partnerId={partnerId} onClose={close} />}
      {open && <PostbackDrawer key={open.id} postback={open} partnerId={partnerId} onClose={close} />}
    </Stack>
  );
}

function useColumns(): Column<Postback>[] {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  return useMemo(() => {
    const widths = { name: 180, events: 210, delivered: 140, state: 160 };
    const shared = sharedColumns<Postback>(t, word, widths);
    const kind = ({ kind }: Postback) => word("postback_kind", kind);
    const offer = ({ offer_id, names }: Postback) =>
      offer_id ? (names[offer_id] ?? offer_id) : t("field.offer_all");
    return [
      shared.name,
      { id: "kind", header: t("field.kind"), cell: kind, value: kind, sortable: true, width: 160, onCard: 2 },
      shared.events,
      {
        id: "offer",
        header: t("field.offer"),
        cell: (row) => <span translate={row.offer_id ? "no" : undefined}>{offer(row)}</span>,
        value: offer,
        width: 140,
      },
      shared.delivered,
      shared.state,
    ];
  }, [t, word]);
}
